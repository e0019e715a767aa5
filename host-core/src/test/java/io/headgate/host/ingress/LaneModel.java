package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a lane has to do, said with lists and loops: one thread, no links, no locks, nothing clever. */
final class LaneModel {

    /** What the plugin was given, over all turns. */
    final List<IngressEvent> delivered = new ArrayList<>();
    /** Whether the turn that ran last completed. */
    boolean completed;
    /** Whether it failed. */
    boolean failed;

    private final LaneBounds bounds;
    /** Whether the hop takes one before it is asked for: when operator fusion is off. */
    private final boolean prefetching;

    private final List<Place> line = new ArrayList<>();
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private final Set<String> closing = new HashSet<>();
    private Optional<Place> shown = Optional.empty();
    private boolean holding;
    /** Whether something was taken from the turn behind its back, out of its hop's hand too: it finds out when it asks for more. */
    private boolean stale;

    private boolean refusing;
    private boolean running;
    private boolean failing;
    private long demand;

    /** A text, a control event, or (its event is a Gap) a marker. */
    private static final class Place {
        IngressEvent event;

        Place(IngressEvent event) {
            this.event = event;
        }

        String connection() {
            return event.connection();
        }

        boolean isText() {
            return event instanceof IngressEvent.Text;
        }

        boolean isGap() {
            return event instanceof IngressEvent.Gap;
        }

        boolean isControl() {
            return !isText() && !isGap();
        }

        int bytes() {
            return event instanceof IngressEvent.Text text ? text.bytes() : 0;
        }
    }

    private static final class Counts {
        Tally received = Tally.ZERO;
        Tally delivered = Tally.ZERO;
        final Map<DropReason, Tally> drops = new EnumMap<>(DropReason.class);
        final Map<DiscardReason, Tally> discards = new EnumMap<>(DiscardReason.class);
        ControlCounts controls = ControlCounts.ZERO;
        long gaps;
    }

    LaneModel(LaneBounds bounds, boolean prefetching, List<String> connections) {
        this.bounds = bounds;
        this.prefetching = prefetching;
        connections.forEach(name -> counts.put(name, new Counts()));
    }

    Map<String, EventCounts> ledger() {
        Map<String, EventCounts> ledger = new LinkedHashMap<>();
        counts.forEach((name, of) -> ledger.put(
                name,
                new EventCounts(
                        of.received, of.delivered, of.drops, of.discards, size(texts(name)), of.controls, of.gaps)));
        return ledger;
    }

    void offer(IngressEvent event) {
        Place arrived = new Place(event);
        if (arrived.isText()) {
            offerText(arrived);
        } else {
            offerControl(arrived);
        }
        work();
    }

    private void offerText(Place text) {
        Counts of = of(text);
        of.received = of.received.plus(size(List.of(text)));
        String session = text.connection() + "/" + text.event.epoch();
        Optional<DropReason> bitten = bite(text, line);
        if (refusing) {
            discard(text, DiscardReason.STOPPING);
        } else if (closing.contains(session)) {
            drop(text, DropReason.OVERFLOW_CLOSE);
        } else if (bitten.isEmpty()) {
            line.add(text);
        } else if (bounds.overflow() == OverflowPolicy.DROP_OLDEST) {
            makeRoom(text);
        } else {
            drop(text, bitten.get());
            if (bounds.overflow() == OverflowPolicy.CLOSE) {
                closing.add(session);
            }
        }
    }

    private Optional<DropReason> bite(Place text, List<Place> waiting) {
        List<Place> own = waiting.stream()
                .filter(one -> one.isText() && one.connection().equals(text.connection()))
                .toList();
        List<Place> all = waiting.stream().filter(Place::isText).toList();
        int share = bounds.connectionShare();
        if (share < 100
                && (own.size() + 1 > Math.max(1, bounds.maxEvents() * share / 100)
                        || size(own).bytes() + text.bytes() > bounds.maxBytes() * share / 100)) {
            return Optional.of(DropReason.CONNECTION_SHARE);
        }
        if (all.size() + 1 > bounds.maxEvents()) {
            return Optional.of(DropReason.QUEUE_EVENTS);
        }
        return size(all).bytes() + text.bytes() > bounds.maxBytes()
                ? Optional.of(DropReason.QUEUE_BYTES)
                : Optional.empty();
    }

    private void makeRoom(Place text) {
        Optional<Place> kept = line.stream()
                .filter(Place::isText)
                .findFirst()
                .filter(first -> holding || shown.filter(first::equals).isPresent());
        Optional<DropReason> never = bite(text, kept.stream().toList());
        if (never.isPresent()) {
            drop(text, never.get());
            return;
        }
        for (Optional<DropReason> bitten = bite(text, line); bitten.isPresent(); bitten = bite(text, line)) {
            Place victim = victim(text, bitten.get(), kept);
            count(of(victim).drops, bitten.get(), victim);
            victim.event = gap(victim.event);
        }
        line.add(text);
        joinGaps();
    }

    private Place victim(Place text, DropReason bitten, Optional<Place> kept) {
        List<Place> evictable = line.stream()
                .filter(one -> one.isText() && kept.filter(one::equals).isEmpty())
                .toList();
        if (bitten == DropReason.CONNECTION_SHARE) {
            return first(evictable, one -> one.connection().equals(text.connection()));
        }
        if (bounds.connectionShare() == 100) {
            return evictable.get(0);
        }
        String largest = "";
        long most = -1;
        for (String connection : counts.keySet()) {
            List<Place> held = new ArrayList<>(texts(connection));
            if (connection.equals(text.connection())) {
                held.add(text);
            }
            long holds = bitten == DropReason.QUEUE_BYTES ? size(held).bytes() : held.size();
            if (holds > most
                    && evictable.stream().anyMatch(one -> one.connection().equals(connection))) {
                largest = connection;
                most = holds;
            }
        }
        String of = largest;
        return first(evictable, one -> one.connection().equals(of));
    }

    private void drop(Place text, DropReason reason) {
        count(of(text).drops, reason, text);
        line.add(new Place(gap(text.event)));
        joinGaps();
    }

    private static IngressEvent gap(IngressEvent lost) {
        long at = lost.receivedAtMillis();
        return new IngressEvent.Gap(lost.connection(), lost.epoch(), lost.sequence(), 1, at, at);
    }

    /** Of two Gaps with nothing of their connection between them, the second joins the first; the shown one stays. */
    private void joinGaps() {
        for (String connection : counts.keySet()) {
            Place before = null;
            for (Place one : List.copyOf(line)) {
                if (!one.connection().equals(connection)) {
                    continue;
                }
                boolean open = one.isGap() && shown.filter(one::equals).isEmpty();
                if (open && before != null) {
                    before.event = joined((IngressEvent.Gap) before.event, (IngressEvent.Gap) one.event);
                    line.remove(one);
                } else {
                    before = open ? one : null;
                }
            }
        }
    }

    private static IngressEvent joined(IngressEvent.Gap one, IngressEvent.Gap next) {
        return new IngressEvent.Gap(
                one.connection(),
                next.epoch(),
                next.sequence(),
                one.count() + next.count(),
                one.firstAtMillis(),
                next.lastAtMillis());
    }

    private void offerControl(Place control) {
        if (refusing) {
            controls(control, 0, 0, 1);
            return;
        }
        List<Place> same = sameKind(control);
        if (control.event instanceof IngressEvent.CommandFailed) {
            if (same.size() == 64) {
                Place last = same.get(63);
                IngressEvent.CommandFailed into = (IngressEvent.CommandFailed) last.event;
                last.event = new IngressEvent.CommandFailed(
                        into.connection(),
                        into.epoch(),
                        into.sequence(),
                        into.receivedAtMillis(),
                        into.commandId(),
                        into.message(),
                        into.more() + 1);
                return;
            }
        } else {
            same.stream().filter(one -> shown.filter(one::equals).isEmpty()).forEach(this::replace);
        }
        line.add(control);
    }

    private List<Place> sameKind(Place control) {
        return line.stream()
                .filter(one -> one.connection().equals(control.connection())
                        && one.event.getClass() == control.event.getClass())
                .toList();
    }

    private void replace(Place older) {
        controls(older, 0, 1, 0);
        line.remove(older);
        joinGaps();
    }

    /** A turn begins, and ends the one before. */
    void turn() {
        cancel();
        running = true;
        completed = false;
        failed = false;
        failing = false;
        stale = false;
        demand = 0;
        work();
    }

    void request(long more) {
        demand += running ? more : 0;
        work();
    }

    /** The plugin will fail at the next event. */
    void failNext() {
        failing = running;
    }

    void cancel() {
        running = false;
        unshow();
    }

    private void unshow() {
        holding = false;
        Optional<Place> was = shown;
        shown = Optional.empty();
        joinGaps();
        was.filter(one -> one.isControl() && !(one.event instanceof IngressEvent.CommandFailed))
                .filter(one -> sameKind(one).size() > 1)
                .ifPresent(this::replace);
    }

    void discardWaiting() {
        stale |= refusing || shown.filter(Place::isText).isPresent();
        shown = shown.filter(one -> !one.isText());
        for (Place one : List.copyOf(line)) {
            if (one.isText()) {
                discard(one, DiscardReason.INCARNATION_ENDED);
            }
        }
        joinGaps();
    }

    void complete() {
        refusing = true;
        work();
    }

    void close() {
        stale |= refusing || shown.isPresent();
        unshow();
        refusing = true;
        for (Place one : List.copyOf(line)) {
            if (one.isText()) {
                discard(one, DiscardReason.SERVICE_ENDED);
            } else if (one.isControl()) {
                controls(one, 0, 0, 1);
            }
        }
        line.clear();
        work();
    }

    /** What the hop and the plugin do as long as there is demand. */
    private void work() {
        while (running && !(stale && demand == 0)) {
            stale = false;
            if (shown.isEmpty() && !line.isEmpty() && (prefetching || demand > 0)) {
                shown = Optional.of(line.get(0));
                holding |= line.get(0).isGap();
            }
            if (line.isEmpty() && refusing) {
                cancel();
                completed = true;
            } else if (shown.isPresent() && demand > 0) {
                Place claimed = shown.get();
                demand--;
                shown = Optional.empty();
                line.remove(claimed);
                claim(claimed);
            } else {
                return;
            }
        }
    }

    private void claim(Place claimed) {
        Counts of = of(claimed);
        if (claimed.isText()) {
            holding = false;
            of.delivered = of.delivered.plus(size(List.of(claimed)));
        } else if (claimed.isGap()) {
            of.gaps++;
        } else {
            controls(claimed, 1, 0, 0);
        }
        delivered.add(claimed.event);
        if (failing) {
            cancel();
            failed = true;
        }
    }

    private void discard(Place text, DiscardReason reason) {
        count(of(text).discards, reason, text);
        line.remove(text);
    }

    private void controls(Place control, int given, int replaced, int discarded) {
        of(control).controls = of(control).controls.plus(new ControlCounts(given, replaced, discarded));
    }

    private static <R> void count(Map<R, Tally> tallies, R reason, Place text) {
        tallies.merge(reason, size(List.of(text)), Tally::plus);
    }

    private Counts of(Place place) {
        return Objects.requireNonNull(counts.get(place.connection()));
    }

    private List<Place> texts(String connection) {
        return line.stream()
                .filter(one -> one.isText() && one.connection().equals(connection))
                .toList();
    }

    private static Place first(List<Place> places, Predicate<Place> wanted) {
        return places.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static Tally size(List<Place> texts) {
        return new Tally(texts.size(), texts.stream().mapToLong(Place::bytes).sum());
    }
}
