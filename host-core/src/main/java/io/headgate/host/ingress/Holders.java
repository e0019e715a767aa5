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

    /** A session begins. One that has not told its end yet is over: a connection has one at a time. */
    void begin(Reader reader) {
        leave(reader.connection.reader);
        reader.connection.reader = reader;
    }

    /** Whether a session may ask for its next text; keeps room for it where it needs any. */
    boolean mayGoOn(Reader reader, long epoch) {
        if (reader.hasLeft || reader.connection.isClosing(epoch)) {
            return true;
        }
        if (room.keep(reader)) {
            reader.isDropping = false;
            return true;
        }
        return reader.isDropping;
    }

    /** Likewise, where nobody was there before it. */
    boolean mayGoOnAtOnce(Reader reader, long epoch) {
        return waiting.isEmpty() && mayGoOn(reader, epoch);
    }

    void add(Holder holder) {
        if (!holder.reader().hasLeft) {
            waiting.add(holder);
            some = true;
        }
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
            if (all || mayGoOn(holder.reader(), holder.epoch())) {
                each.remove();
                admitted.add(holder);
            }
        }
        some = !waiting.isEmpty();
        return admitted;
    }

    /** A session has ended: the room that was kept for it is the others'. */
    void leave(Reader reader) {
        room.unkeep(reader);
        reader.hasLeft = true;
        waiting.removeIf(holder -> holder.reader() == reader);
        some = !waiting.isEmpty();
    }

    /** A session was held for too long. */
    void end(Reader reader, long epoch, HoldEnd end) {
        switch (end) {
            case CLOSE -> {
                reader.connection.beginClosing(epoch);
                room.unkeep(reader);
            }
            case DROP -> reader.isDropping = true;
        }
    }
}
