package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One place in the line: an event, or a <em>marker</em> where texts are missing. Guarded by the lane's lock until it is claimed;
 * then whoever claimed it owns it.
 */
final class Waiting {

    final LaneConnection connection;
    /** Changes while it waits: further answers are folded into one. Absent in a marker. */
    private @Nullable IngressEvent event;
    /** Absent but in a marker; grows while it waits. */
    private @Nullable Missing missing;
    /** The places before and after this one in each of its chains, see {@link Chain}. */
    final @Nullable Waiting[] links = new @Nullable Waiting[Chain.LINKS];

    /** What is shown behind this place to the same turn. Written under the lock until it is claimed, see {@link Turn}. */
    @Nullable
    Waiting shownNext;

    private Waiting(LaneConnection connection, IngressEvent event) {
        this.connection = connection;
        this.event = event;
    }

    static Waiting event(LaneConnection connection, IngressEvent event) {
        return new Waiting(connection, event);
    }

    boolean isText() {
        return event instanceof IngressEvent.Text;
    }

    boolean isMarker() {
        return missing != null;
    }

    int bytes() {
        return event instanceof IngressEvent.Text text ? text.bytes() : 0;
    }

    /** The event that waits here. Not for a marker. */
    IngressEvent event() {
        return Objects.requireNonNull(event, "a marker has no event");
    }

    void replaceEvent(IngressEvent newEvent) {
        event = newEvent;
    }

    /** The text was dropped: its place tells so. */
    void becomeMarker() {
        missing = Missing.of(event());
        event = null;
    }

    /** Adds what is missing at {@code later} to what is missing here. Both are markers, or {@code later} was dropped just now. */
    void add(Waiting later) {
        Missing more = later.missing == null ? Missing.of(later.event()) : later.missing;
        missing = Objects.requireNonNull(missing, "not a marker").followedBy(more);
    }

    /** What the plugin is told. */
    IngressEvent told() {
        return missing == null ? event() : missing.gap(connection.name());
    }
}
