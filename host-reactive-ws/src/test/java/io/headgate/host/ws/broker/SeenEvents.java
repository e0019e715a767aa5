package io.headgate.host.ws.broker;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** The events that a plugin which speaks STOMP was handed, in order. */
final class SeenEvents {

    private record Seen(IngressEvent event, Optional<StompFrame> frame) {}

    private final Queue<Seen> events = new ConcurrentLinkedQueue<>();

    void add(IngressEvent event) {
        Optional<StompFrame> frame =
                event instanceof IngressEvent.Text text ? Stomp.parse(text.text()) : Optional.empty();
        events.add(new Seen(event, frame));
    }

    /** The bodies of the MESSAGE frames. */
    List<String> messages() {
        return frames("MESSAGE").map(StompFrame::body).toList();
    }

    /** The bodies of the MESSAGE frames of that session and later ones. */
    List<String> messagesSince(long epoch) {
        return events.stream()
                .filter(seen -> seen.event.epoch() >= epoch && isMessage(seen))
                .map(seen -> seen.frame.orElseThrow().body())
                .toList();
    }

    /** How many sessions the broker confirmed the subscription of. */
    int subscriptions() {
        return (int) frames("RECEIPT")
                .filter(frame -> frame.header("receipt-id").equals(BridgeSettings.SUBSCRIBED))
                .count();
    }

    /** The bodies of the messages that came before that session, whose copies were confirmed. */
    Set<String> confirmedBefore(long epoch) {
        Map<String, String> bodies = new HashMap<>();
        Set<String> confirmed = new HashSet<>();
        for (Seen seen : events) {
            StompFrame frame = seen.frame.orElse(StompFrame.of("none"));
            if (seen.event.epoch() < epoch && frame.command().equals("MESSAGE")) {
                bodies.put(SteadyAnswers.receiptOf(frame), frame.body());
            } else if (seen.event.epoch() < epoch && frame.command().equals("RECEIPT")) {
                Optional.ofNullable(bodies.get(frame.header("receipt-id"))).ifPresent(confirmed::add);
            }
        }
        return confirmed;
    }

    /** How many frames of that command came. */
    long count(String command) {
        return frames(command).count();
    }

    /** How many texts of heart-beats came. */
    long heartBeats() {
        return events.stream()
                .filter(seen -> seen.event instanceof IngressEvent.Text text && Stomp.isHeartBeat(text.text()))
                .count();
    }

    /** How many texts of any kind came. */
    long texts() {
        return events.stream()
                .filter(seen -> seen.event instanceof IngressEvent.Text)
                .count();
    }

    List<IngressEvent.Gap> gaps() {
        return of(IngressEvent.Gap.class);
    }

    <T extends IngressEvent> List<T> of(Class<T> kind) {
        return events.stream()
                .map(Seen::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** How that session, and the dials after it, ended. */
    List<String> ends(long epoch) {
        return events.stream()
                .map(Seen::event)
                .filter(event -> event.epoch() == epoch)
                .flatMap(event -> end(event).stream())
                .toList();
    }

    private static Optional<String> end(IngressEvent event) {
        if (event instanceof IngressEvent.Closed closed) {
            String reason = closed.reason().isEmpty() ? "" : ": " + closed.reason();
            return Optional.of("closed with " + closed.code() + " by " + closed.initiator() + reason);
        }
        return event instanceof IngressEvent.Failed failed
                ? Optional.of(failed.kind() + ": " + failed.message())
                : Optional.empty();
    }

    /** Why the plugin was asked to reconnect after that session. */
    List<String> reconnectsNeeded(long epoch) {
        return of(IngressEvent.ReconnectNeeded.class).stream()
                .filter(needed -> needed.epoch() == epoch)
                .map(IngressEvent.ReconnectNeeded::why)
                .toList();
    }

    /** How often the plugin was told after that session that the host dials again by itself. */
    long retries(long epoch) {
        return of(IngressEvent.Retrying.class).stream()
                .filter(retrying -> retrying.epoch() == epoch)
                .count();
    }

    /** How many sessions, and dials that led to none, have ended. */
    long ends() {
        return events.stream()
                .map(Seen::event)
                .filter(event -> end(event).isPresent())
                .count();
    }

    /** How many texts the Gaps stand for. */
    long missing() {
        return gaps().stream().mapToLong(IngressEvent.Gap::count).sum();
    }

    /** What is neither a text nor a Gap. */
    List<IngressEvent> controls() {
        return events.stream()
                .map(Seen::event)
                .filter(event -> !(event instanceof IngressEvent.Text || event instanceof IngressEvent.Gap))
                .toList();
    }

    /**
     * The bodies there would be if messages numbered from 0 had come in order, and each Gap stood exactly where what it
     * counts is missing.
     */
    List<String> messagesByCount(LongFunction<String> body) {
        List<String> bodies = new ArrayList<>();
        long next = 0;
        for (Seen seen : events) {
            if (seen.event instanceof IngressEvent.Gap gap) {
                next += gap.count();
            } else if (isMessage(seen)) {
                bodies.add(body.apply(next++));
            }
        }
        return bodies;
    }

    private Stream<StompFrame> frames(String command) {
        return events.stream()
                .flatMap(seen -> seen.frame.stream())
                .filter(frame -> frame.command().equals(command));
    }

    private static boolean isMessage(Seen seen) {
        return seen.frame.filter(frame -> frame.command().equals("MESSAGE")).isPresent();
    }
}
