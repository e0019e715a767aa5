package io.headgate.host.ws.soak;

import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** What goes wrong in a soak. A value: {@link SoakPlan} chooses it, {@link SoakRun} has it happen. */
sealed interface SoakFault {

    /** Of a peer, on a session that is open; where none is, nothing happens. */
    sealed interface OfSession extends SoakFault {
        Place place();

        /** On the session's thread. */
        void befall(PeerSession session);
    }

    /** Of a peer, at the next dials of a connection. */
    sealed interface OfDials extends SoakFault {
        Place place();

        int dials();

        /** On the thread of the socket that asked. */
        void answer(PeerUpgrade upgrade);
    }

    /** Of a plugin, when its service takes its next event. */
    sealed interface OfPlugin extends SoakFault {
        int service();

        /** What comes of that event instead. */
        Flux<OutputCommand> befall(SoakPlugin plugin);
    }

    /** Of an operator, who takes a grant from a service and gives it back. */
    sealed interface OfOperator extends SoakFault {
        int service();

        int millis();
    }

    record Closes(Place place, int code) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.close(code);
        }
    }

    /** The end of TCP, without a Close frame. */
    record HangsUp(Place place) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.hangUp();
        }
    }

    record Resets(Place place) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.reset();
        }
    }

    /** Bytes that are no frame a server may send. */
    record Garbage(Place place, PeerBytes bytes) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.poison(bytes);
        }
    }

    record Binary(Place place, int bytes) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.binary(bytes);
        }
    }

    record Pings(Place place, int count) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.pings(count);
        }
    }

    /** More than a queue holds, at once. */
    record Bursts(Place place, int texts) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.burst(texts);
        }
    }

    /** A text in parts, with pings in between. */
    record Fragments(Place place, int parts) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.fragments(parts);
        }
    }

    /** A text, byte by byte. */
    record Dribbles(Place place, int millisBetween) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.dribble(Duration.ofMillis(millisBetween));
        }
    }

    record StopsReading(Place place, int millis) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.stopReading(Duration.ofMillis(millis));
        }
    }

    record StopsWriting(Place place, int millis) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.stopWriting(Duration.ofMillis(millis));
        }
    }

    /** Neither reads nor writes any more, and keeps its socket. */
    record Freezes(Place place) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.freeze();
        }
    }

    /** Answers pings, and has nothing to say any more. */
    record FallsSilent(Place place) implements OfSession {
        @Override
        public void befall(PeerSession session) {
            session.fallSilent();
        }
    }

    record Refuses(Place place, int dials, int status, int retryAfterSeconds) implements OfDials {
        @Override
        public void answer(PeerUpgrade upgrade) {
            upgrade.refuse(status, retryAfterSeconds);
        }
    }

    /** No answer to the upgrade, ever. */
    record IsSilent(Place place, int dials) implements OfDials {
        @Override
        public void answer(PeerUpgrade upgrade) {
            upgrade.saysNothing();
        }
    }

    record HangsUpOnDial(Place place, int dials) implements OfDials {
        @Override
        public void answer(PeerUpgrade upgrade) {
            upgrade.hangUp();
        }
    }

    /** Nobody listens: the dials of a fifth of all connections are refused. What is open stays so. */
    record PortDown(int port, int millis) implements SoakFault {}

    /** The handler throws; the service goes on. */
    record Throws(int service) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            throw new SoakPlugin.EventFault();
        }
    }

    /** The output fails; the service is started again. */
    record OutputFails(int service) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            return Flux.error(new SoakPlugin.OutputFault());
        }
    }

    record IsSlow(int service, int millisAnEvent, int millis) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            plugin.slow(Duration.ofMillis(millisAnEvent), Duration.ofMillis(millis));
            return Flux.empty();
        }
    }

    record Floods(int service, int connection, int texts) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            return plugin.flood(connection, texts);
        }
    }

    /** Texts for a session that has ended. */
    record SpeaksToThePast(int service, int connection, int texts) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            return plugin.stale(connection, texts);
        }
    }

    /** Commands that no rule lets pass. */
    record TalksNonsense(int service, int connection) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            return plugin.nonsense(connection);
        }
    }

    record PluginCloses(int service, int connection, int code) implements OfPlugin {
        @Override
        public Flux<OutputCommand> befall(SoakPlugin plugin) {
            return plugin.close(connection, code);
        }
    }

    /** {@code send} is not granted for a while. */
    record Silences(int service, int millis) implements OfOperator {}

    /** Nothing is granted for a while. */
    record Bans(int service, int millis) implements OfOperator {}
}
