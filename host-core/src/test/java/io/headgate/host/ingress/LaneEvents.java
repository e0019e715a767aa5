package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.util.function.Predicate;

/** Short names for the events that lane tests put in. The time of an event is its sequence. */
final class LaneEvents {

    /** A session whose thread has ended: nothing is put off. */
    static final Predicate<Runnable> NO_THREAD = task -> false;

    private LaneEvents() {}

    static IngressEvent.Text text(String connection, long sequence) {
        return text(connection, sequence, 10);
    }

    static IngressEvent.Text text(String connection, long sequence, int bytes) {
        return new IngressEvent.Text(connection, 1, sequence, sequence, "t" + sequence, bytes);
    }

    static IngressEvent.Opened opened(String connection, long sequence) {
        return new IngressEvent.Opened(connection, 1, sequence, sequence, "");
    }

    static IngressEvent.Closed closed(String connection, long sequence) {
        return new IngressEvent.Closed(connection, 1, sequence, sequence, 1000, "", Initiator.PEER);
    }

    static IngressEvent.CommandRefused refused(String connection, long sequence) {
        return new IngressEvent.CommandRefused(connection, 1, sequence, sequence, "#" + sequence, "rule", "m", 0);
    }

    static IngressEvent.CommandFailed failed(String connection, long sequence) {
        return new IngressEvent.CommandFailed(connection, 1, sequence, sequence, "#" + sequence, "m", 0);
    }

    static IngressEvent.Gap gap(String connection, long count, long first, long last) {
        return new IngressEvent.Gap(connection, 1, last, count, first, last);
    }
}
