package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import org.jspecify.annotations.Nullable;

/** One event on its way through the lane, and the run of texts missing right before it. Guarded by the lane's lock. */
final class Waiting {

    final LaneConnection connection;
    /** Set once, but for a refusal that others are folded into while it waits. */
    IngressEvent event;
    /** What its connection lost between the event before and this one. */
    @Nullable
    Missing before;
    /** Whether it stands for {@link #before} alone: made at the exit, never stored. */
    final boolean gap;

    private Waiting(LaneConnection connection, IngressEvent event, @Nullable Missing before, boolean gap) {
        this.connection = connection;
        this.event = event;
        this.before = before;
        this.gap = gap;
    }

    static Waiting event(LaneConnection connection, IngressEvent event) {
        return new Waiting(connection, event, null, false);
    }

    static Waiting gap(LaneConnection connection, Missing missing) {
        return new Waiting(connection, missing.gap(connection.name()), missing, true);
    }

    boolean isText() {
        return event instanceof IngressEvent.Text;
    }

    int bytes() {
        return event instanceof IngressEvent.Text text ? text.bytes() : 0;
    }
}
