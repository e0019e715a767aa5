package io.headgate.host.ingress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/**
 * The sessions that wait for room, in the order in which they came. Guarded by the lane's lock, but for {@link #areWaiting}.
 */
final class Holders {

    private final Room room;
    private final Queue<Holder> waiting = new ArrayDeque<>();
    private volatile boolean some;

    Holders(Room room) {
        this.room = room;
    }

    /** Any thread. Who finds nobody waiting here is looked for by whoever comes to wait later. */
    boolean areWaiting() {
        return some;
    }

    /** Whether a session may go on at once: nobody was there before it, and there is room, or none is needed. */
    boolean passes(LaneConnection connection, long epoch) {
        return (waiting.isEmpty() || connection.roomIsKept) && mayGoOn(connection, epoch);
    }

    void add(Holder holder) {
        waiting.add(holder);
        some = true;
    }

    void remove(Holder holder) {
        waiting.remove(holder);
        some = !waiting.isEmpty();
    }

    /** Lets on, in their order, those for whom there is room. One that has no share left does not keep back the others. */
    List<Holder> admit(boolean all) {
        List<Holder> admitted = new ArrayList<>(1);
        for (Iterator<Holder> each = waiting.iterator(); each.hasNext(); ) {
            Holder holder = each.next();
            if (all || mayGoOn(holder.connection(), holder.epoch())) {
                each.remove();
                admitted.add(holder);
            }
        }
        some = !waiting.isEmpty();
        return admitted;
    }

    private boolean mayGoOn(LaneConnection connection, long epoch) {
        if (room.keep(connection)) {
            connection.isDropping = false;
            return true;
        }
        return connection.isDropping || connection.isClosing(epoch);
    }

    /** A session has ended: the room that was kept for it is the others'. */
    void leave(LaneConnection connection) {
        room.unkeep(connection);
        connection.isDropping = false;
    }

    /** A session was held for too long. */
    void end(LaneConnection connection, long epoch, HoldEnd end) {
        switch (end) {
            case CLOSE -> connection.beginClosing(epoch);
            case DROP -> connection.isDropping = true;
        }
    }
}
