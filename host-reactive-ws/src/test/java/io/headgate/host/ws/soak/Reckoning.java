package io.headgate.host.ws.soak;

import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.ServiceStatus;
import java.util.List;

/**
 * What has to hold, to the last text, when nothing is under way any more.
 *
 * @param host the host
 * @param peer the other end
 * @param verdict told of what does not hold
 */
record Reckoning(SoakHost host, Peer peer, Verdict verdict) {

    void of(HostStatus status) {
        for (ServiceStatus service : status.services()) {
            SoakPlugin plugin = host.plugin(SoakHost.numberOf(service));
            // A command that its incarnation was cancelled with in hand was emitted, and received by nobody.
            long lost = plugin.emitted.get() - service.commands().issued();
            require(
                    lost >= 0 && lost <= service.life().restarts(),
                    service.service() + ": the plugin emitted " + plugin.emitted,
                    service);
            for (ConnectionStatus connection : service.connections()) {
                of(new Place(SoakHost.numberOf(service), Place.numberOf(connection.connection())), connection);
            }
        }
    }

    private void of(Place place, ConnectionStatus now) {
        SeenEvents seen = host.plugin(place.service()).seen(place.connection());
        EventCounts events = now.events();
        require(events.queued().equals(Tally.ZERO) && now.commands().inFlight() == 0, place + ": nothing waits", now);
        require(
                events.delivered().events() == seen.texts.get(),
                place + ": the plugin saw " + seen.texts + " texts",
                events);
        require(events.dropped().events() == seen.missing.get(), place + ": Gaps counted " + seen.missing, events);
        require(events.gaps() == seen.gaps.get(), place + ": the plugin saw " + seen.gaps + " Gaps", events);
        require(
                events.controls().delivered() == seen.controls.get(),
                place + ": the plugin saw " + seen.controls + " control events",
                events);
        require(seen.untold.get() == 0, place + ": " + seen.untold + " sessions that began untold", events);
        require(now.epoch() == seen.epoch(), place + ": the plugin knows of session " + seen.epoch(), now);
        sockets(place, now);
    }

    private void sockets(Place place, ConnectionStatus now) {
        PeerConnection other = peer.at(place);
        List<PeerSession> open = other.open();
        require(open.size() == 1, place + ": the peer has " + open.size() + " sockets", now);
        require(
                other.arrived.get() <= now.commands().sent() + now.commands().failed(),
                place + ": " + other.arrived + " texts arrived",
                now.commands());
    }

    private void require(boolean holds, String law, Object numbers) {
        verdict.require(holds, () -> law + ": " + numbers);
    }
}
