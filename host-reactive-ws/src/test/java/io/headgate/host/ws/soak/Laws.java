package io.headgate.host.ws.soak;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.ws.DialCounts;
import io.headgate.host.ws.soak.SoakHost.Withheld;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What has to hold at every moment. Looked at by one thread. */
final class Laws {

    /** A plugin's thread may be late with what was handed to it, but not for so many looks. */
    private static final int LOOKS = 3;

    private final SoakHost host;
    private final Peer peer;
    private final Verdict verdict;
    private final Map<Place, ConnectionStatus> last = new HashMap<>();
    /** How many looks in a row found a session that began before the plugin knew of the last one's end. */
    private final Map<Place, Integer> early = new HashMap<>();

    Laws(SoakHost host, Peer peer, Verdict verdict) {
        this.host = host;
        this.peer = peer;
        this.verdict = verdict;
    }

    /** What was counted before the status was taken: it cannot be more than what the status says. */
    private record Before(
            Map<Place, Long> asked, Map<Place, Long> arrived, Map<Place, Long> seen, Map<Place, Long> missing) {}

    /** Forgets what it has seen, so that nothing of that is counted among what lives. */
    void forget() {
        last.clear();
    }

    /** Looks at everything once. */
    void look() {
        Before before = new Before(
                each(place -> peer.at(place).asked.get()),
                each(place -> peer.at(place).arrived.get()),
                each(place -> seen(place).texts.get()),
                each(place -> seen(place).missing.get()));
        Map<Integer, Withheld> withheld = new HashMap<>();
        for (int service = 0; service < Place.SERVICES; service++) {
            Withheld taken = host.withheld(service);
            if (taken != null) {
                withheld.put(service, taken);
            }
        }
        HostStatus status = host.status();
        status.services().forEach(service -> service(service, before));
        withheld.forEach((service, taken) -> withheld(taken, status, service));
        dials(host.dials());
        sockets();
    }

    private static Map<Place, Long> each(ToLongFunction<Place> count) {
        Map<Place, Long> counts = new HashMap<>();
        Place.ALL.forEach(place -> counts.put(place, count.applyAsLong(place)));
        return counts;
    }

    private SeenEvents seen(Place place) {
        return host.plugin(place.service()).seen(place.connection());
    }

    private void service(ServiceStatus service, Before before) {
        int number = SoakHost.numberOf(service);
        String name = service.plugin() + "/" + service.service();
        require(
                service.state() != ServiceState.FAILED && service.state() != ServiceState.FINISHED,
                name,
                service.life());
        EventCounts events = service.events();
        require(events.conserved(), name + ": received = delivered + dropped + discarded + queued", events);
        CommandCounts commands = service.commands();
        require(
                commands.conserved(),
                name + ": issued = sent + done + denied + rejected + failed + in flight",
                commands);
        require(
                events.queued().events() <= Roster.QUEUE_EVENTS
                        && events.queued().bytes() <= Roster.QUEUE_BYTES,
                name + ": the bound is the bound",
                events.queued());
        require(
                commands.issued() <= host.plugin(number).emitted.get(),
                name + ": more commands than the plugin emitted",
                commands);
        service.connections()
                .forEach(connection ->
                        connection(new Place(number, Place.numberOf(connection.connection())), connection, before));
    }

    private void connection(Place place, ConnectionStatus now, Before before) {
        EventCounts events = now.events();
        CommandCounts commands = now.commands();
        require(events.conserved(), place + ": received = delivered + dropped + discarded + queued", events);
        require(
                commands.conserved(),
                place + ": issued = sent + done + denied + rejected + failed + in flight",
                commands);
        require(
                events.queued().events() <= Roster.of(place.service()).connectionEvents(),
                place + ": a connection keeps to its share",
                events.queued());
        require(now.state() != ConnectionState.DOWN, place + ": the host gave up", now);
        require(now.epoch() <= now.attempts(), place + ": no session without a dial", now);
        grows(place, now);
        betweenHostAndPeer(place, now, before);
        betweenHostAndPlugin(place, now.epoch(), events, before);
        last.put(place, now);
    }

    private void grows(Place place, ConnectionStatus now) {
        ConnectionStatus then = last.getOrDefault(place, now);
        require(
                then.epoch() <= now.epoch()
                        && then.attempts() <= now.attempts()
                        && then.events().received().events()
                                <= now.events().received().events()
                        && then.events().delivered().events()
                                <= now.events().delivered().events()
                        && then.commands().issued() <= now.commands().issued()
                        && then.commands().sent() <= now.commands().sent()
                        && then.lastFrameAtMillis() <= now.lastFrameAtMillis(),
                place + ": nothing that is counted goes back",
                then + " then " + now);
    }

    private void betweenHostAndPeer(Place place, ConnectionStatus now, Before before) {
        PeerConnection other = peer.at(place);
        require(before.asked().get(place) <= now.attempts(), place + ": a dial that is not counted", now);
        require(now.epoch() <= other.accepted.get(), place + ": a session that the peer knows nothing of", now);
        CommandCounts commands = now.commands();
        require(
                before.arrived().get(place) <= commands.sent() + commands.failed() + commands.inFlight(),
                place + ": " + before.arrived().get(place) + " texts arrived, more than left",
                commands);
        require(
                now.events().received().events() <= other.sent.get(),
                place + ": more texts than the peer sent",
                now.events());
    }

    private void betweenHostAndPlugin(Place place, long epoch, EventCounts events, Before before) {
        SeenEvents seen = seen(place);
        long delivered = events.delivered().events();
        require(
                before.seen().get(place) <= delivered && delivered <= seen.texts.get() + 1,
                place + ": the plugin saw " + seen.texts.get() + " texts",
                events);
        boolean knowsTheEnd = !seen.isOpen() || seen.epoch() >= epoch;
        early.put(place, knowsTheEnd ? 0 : early.getOrDefault(place, 0) + 1);
        require(
                early.get(place) < LOOKS,
                place + ": session " + epoch + " opened, and the plugin was not told of the end of " + seen.epoch(),
                events);
        require(
                before.missing().get(place) <= events.dropped().events(),
                place + ": Gaps that count more than was dropped: "
                        + before.missing().get(place),
                events);
    }

    /** Nothing leaves that was taken, from the acknowledgement until it is given back. */
    private void withheld(Withheld taken, HostStatus status, int number) {
        ServiceStatus now = status.services().stream()
                .filter(service -> SoakHost.numberOf(service) == number)
                .findFirst()
                .orElseThrow();
        if (!taken.equals(host.withheld(number))) {
            return; // given back before the status was taken, perhaps
        }
        for (int i = 0; i < now.connections().size(); i++) {
            ConnectionStatus then = taken.before().connections().get(i);
            ConnectionStatus since = now.connections().get(i);
            require(
                    left(then) == left(since),
                    now.service() + "/" + then.connection() + ": a text left after its grant was gone",
                    then.commands() + " then " + since.commands());
            require(
                    !taken.banned() || (since.state() != ConnectionState.OPEN && then.epoch() == since.epoch()),
                    now.service() + "/" + then.connection() + ": it is open after its grant was gone",
                    since);
        }
    }

    private static long left(ConnectionStatus connection) {
        return connection.commands().sent() + connection.commands().failed();
    }

    /** One attempt at a time. */
    private void dials(DialCounts dials) {
        require(
                dials.dialling() + dials.waiting() <= Place.ALL.size(),
                "a connection is dialled more than once at a time",
                dials);
    }

    private void sockets() {
        for (Place place : Place.ALL) {
            for (PeerSession session : peer.at(place).open()) {
                require(!session.isOverdue(), place + ": a socket that should have ended long ago", session);
            }
        }
    }

    private void require(boolean holds, String law, Object numbers) {
        verdict.require(holds, () -> law + ": " + numbers);
    }
}
