package io.headgate.host.ingress;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How much room the texts of a lane have left, and which one gives way under {@link OverflowPolicy#DROP_OLDEST}. Guarded by the
 * lane's lock.
 *
 * <p>A text is in <em>reach</em> of the plugin when it is shown, or when a Gap was told and it comes next: it never gives way.
 */
final class Room {

    private final LaneBounds bounds;
    private final RunningTally texts = new RunningTally();
    /** What is kept for sessions that read, each a largest text. */
    private final RunningTally kept = new RunningTally();

    Room(LaneBounds bounds) {
        this.bounds = bounds;
    }

    OverflowPolicy policy() {
        return bounds.overflow();
    }

    void take(Waiting text) {
        texts.add(text.bytes());
        text.connection.queued.add(text.bytes());
    }

    void free(Waiting text) {
        texts.remove(text.bytes());
        text.connection.queued.remove(text.bytes());
    }

    /** Keeps room for a largest text of a session. Answers whether there is any. */
    boolean keep(Reader reader) {
        if (!reader.roomIsKept && bite(reader.connection, bounds.largestText()) == null) {
            reader.roomIsKept = true;
            kept.add(bounds.largestText());
        }
        return reader.roomIsKept;
    }

    void unkeep(Reader reader) {
        if (reader.roomIsKept) {
            reader.roomIsKept = false;
            kept.remove(bounds.largestText());
        }
    }

    /** Which bound one more text would break; {@code null} if it fits. */
    @Nullable
    DropReason bite(Waiting text) {
        return bite(text.connection, text.bytes());
    }

    private @Nullable DropReason bite(LaneConnection connection, long more) {
        RunningTally own = connection.queued;
        return bite(own.events(), own.bytes(), texts.events() + kept.events(), texts.bytes() + kept.bytes(), more);
    }

    /** Which bound one more text would break, if all gave way but the one in reach; {@code null} if it would fit then. */
    @Nullable
    DropReason biteAtBest(Waiting text, @Nullable Waiting inReach) {
        if (inReach == null) {
            return bite(0, 0, 0, 0, text.bytes());
        }
        boolean own = inReach.connection == text.connection;
        return bite(own ? 1 : 0, own ? inReach.bytes() : 0, 1, inReach.bytes(), text.bytes());
    }

    private @Nullable DropReason bite(long ownEvents, long ownBytes, long events, long bytes, long more) {
        if (bounds.isShared() && (ownEvents + 1 > bounds.eventsOfOne() || ownBytes + more > bounds.bytesOfOne())) {
            return DropReason.CONNECTION_SHARE;
        }
        if (events + 1 > bounds.maxEvents()) {
            return DropReason.QUEUE_EVENTS;
        }
        return bytes + more > bounds.maxBytes() ? DropReason.QUEUE_BYTES : null;
    }

    /** The text that gives way to {@code arrived}; {@code null} if there is none but the one in reach. */
    @Nullable
    Waiting victim(
            Waiting arrived,
            DropReason bitten,
            Line line,
            Collection<LaneConnection> connections,
            @Nullable Waiting inReach) {
        if (bitten == DropReason.CONNECTION_SHARE) {
            return arrived.connection.texts.firstBut(inReach);
        }
        return bounds.isShared()
                ? oldestOfTheLargest(arrived, bitten, connections, inReach)
                : line.oldestTextBut(inReach);
    }

    /** Of the connection that would hold the most of what is full. Looks at each connection of the service, 1,024 at most. */
    private static @Nullable Waiting oldestOfTheLargest(
            Waiting arrived, DropReason full, Collection<LaneConnection> connections, @Nullable Waiting inReach) {
        Waiting victim = null;
        long most = -1;
        for (LaneConnection connection : connections) {
            Waiting oldest = connection.texts.firstBut(inReach);
            long held = held(connection, full) + (connection == arrived.connection ? size(arrived, full) : 0);
            if (oldest != null && held > most) {
                victim = oldest;
                most = held;
            }
        }
        return victim;
    }

    private static long held(LaneConnection connection, DropReason full) {
        return full == DropReason.QUEUE_BYTES ? connection.queued.bytes() : connection.queued.events();
    }

    private static long size(Waiting text, DropReason full) {
        return full == DropReason.QUEUE_BYTES ? text.bytes() : 1;
    }
}
