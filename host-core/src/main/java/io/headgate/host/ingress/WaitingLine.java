package io.headgate.host.ingress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a lane, under its one lock. Nothing foreign is called under the lock: no clock, no hash of a plugin's, no
 * log, no subscriber. The work for an event is constant, but for one look at each connection where a shared lane is full.
 *
 * <p>A claim is made without the lock, see {@link Turn}, and settled as soon as anybody has it: so under the lock what was
 * claimed waits no more, and is counted.
 *
 * <p>Control events are bounded by construction, see {@link ControlSlots}; texts by {@link Room}; markers by {@link Line}.
 */
final class WaitingLine {

    private final ReentrantLock lock = new ReentrantLock();
    // All that follows is guarded by the lock.
    private final Line line = new Line();
    private final Room room;
    private final Map<String, LaneConnection> connections = new LinkedHashMap<>();
    private final Intake intake;
    private final Holders holders;
    private final Showing showing;

    private boolean refusing;

    WaitingLine(LaneBounds bounds) {
        this.room = new Room(bounds);
        this.intake = new Intake(line, room, connections.values());
        this.holders = new Holders(room);
        this.showing = new Showing(line, bounds.overflow());
    }

    LaneConnection connection(String name, Supplier<LaneConnection> made) {
        acquire();
        try {
            return connections.computeIfAbsent(name, absent -> made.get());
        } finally {
            lock.unlock();
        }
    }

    /** The one place where an event loop may wait: for as long as another thread's few instructions. */
    private void acquire() {
        lock.lock();
        settle();
    }

    private void settle() {
        for (Waiting claimed = showing.takeClaimed(); claimed != null; claimed = showing.takeClaimed()) {
            settle(claimed);
        }
    }

    /** Answers which runs of losses began. */
    List<Overflow> put(Waiting arrived) {
        acquire();
        try {
            return putIn(arrived);
        } finally {
            lock.unlock();
        }
    }

    /** Likewise, for a session that is held: room for its next text is kept as well, where nobody waits for any. */
    List<Overflow> putAndKeepRoom(Waiting arrived, Reader reader) {
        long epoch = arrived.event().epoch();
        acquire();
        try {
            List<Overflow> begun = putIn(arrived);
            reader.nextHasRoom = refusing || holders.mayGoOnAtOnce(reader, epoch);
            return begun;
        } finally {
            lock.unlock();
        }
    }

    private List<Overflow> putIn(Waiting arrived) {
        if (arrived.isText()) {
            return putText(arrived);
        }
        putControl(arrived);
        return List.of();
    }

    private List<Overflow> putText(Waiting text) {
        text.connection.received.add(text.bytes());
        if (refusing) {
            text.connection.discards.add(DiscardReason.STOPPING, text.bytes());
            return List.of();
        }
        room.unkeep(text.connection.reader);
        return intake.put(text, showing.inReach());
    }

    /** Keeps room for a largest text of a session, and answers whether it may ask for one. */
    boolean keepRoom(Reader reader, long epoch) {
        acquire();
        try {
            return refusing || holders.mayGoOn(reader, epoch);
        } finally {
            lock.unlock();
        }
    }

    boolean hasHolders() {
        return holders.areWaiting();
    }

    /** Lets on those for whom there is room; all of them once nothing is accepted any more. */
    List<Holder> admit() {
        acquire();
        try {
            return holders.admit(refusing);
        } finally {
            lock.unlock();
        }
    }

    /** For what is not done for each event: another change of those that are held. */
    void withHolders(Consumer<Holders> change) {
        acquire();
        try {
            change.accept(holders);
        } finally {
            lock.unlock();
        }
    }

    private void putControl(Waiting control) {
        LaneConnection connection = control.connection;
        if (refusing) {
            connection.controlsDiscarded++;
        } else if (!connection.slots.fold(control)) {
            Waiting older = connection.slots.enter(control);
            if (older != null && older != line.shown()) {
                replace(older);
            }
            line.append(control);
        }
    }

    private void replace(Waiting older) {
        older.connection.replaced++;
        line.remove(older);
    }

    @Nullable
    Waiting show(Turn asking) {
        acquire();
        try {
            return showing.show(asking);
        } finally {
            lock.unlock();
        }
    }

    private void settle(Waiting claimed) {
        LaneConnection connection = claimed.connection;
        if (claimed.isMarker()) {
            connection.gaps++;
        } else if (claimed.isText()) {
            room.free(claimed);
            connection.delivered.add(claimed.bytes());
        } else {
            connection.slots.leave(claimed);
            connection.controls++;
        }
    }

    /** Whether the plugin has still to be told how a session or a dial ended. */
    boolean holdsAnEnd(LaneConnection connection) {
        acquire();
        try {
            return connection.slots.holdsAnEnd();
        } finally {
            lock.unlock();
        }
    }

    /** What the turn has still to claim: more than zero means that there is something, and a lower bound of how much. */
    int unclaimed(Turn asking) {
        acquire();
        try {
            return showing.isTurn(asking) ? line.size() : 0;
        } finally {
            lock.unlock();
        }
    }

    void begin(Turn next) {
        acquire();
        try {
            endTurn();
            showing.begin(next);
        } finally {
            lock.unlock();
        }
    }

    void end(Turn ending) {
        acquire();
        try {
            if (showing.isTurn(ending)) {
                endTurn();
            }
        } finally {
            lock.unlock();
        }
    }

    private void endTurn() {
        Waiting unclaimed = showing.withdraw(this::settle);
        showing.end();
        if (unclaimed != null && isControl(unclaimed) && unclaimed.connection.slots.isReplaced(unclaimed)) {
            replace(unclaimed);
        }
    }

    private static boolean isControl(Waiting place) {
        return !place.isMarker() && !place.isText();
    }

    void refuse() {
        acquire();
        try {
            refusing = true;
        } finally {
            lock.unlock();
        }
    }

    boolean isRefusing() {
        acquire();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    /** Discards the texts that wait; what else waits stays, and is joined where it meets. */
    void discardTexts() {
        acquire();
        try {
            Waiting shown = line.shown();
            if (shown != null && shown.isText()) {
                showing.withdraw(this::settle);
            }
            for (Waiting text = line.firstText(); text != null; text = line.firstText()) {
                discard(text, DiscardReason.INCARNATION_ENDED);
            }
        } finally {
            lock.unlock();
        }
    }

    void discardAll() {
        acquire();
        try {
            refusing = true;
            endTurn();
            for (Waiting left = line.first(); left != null; left = line.first()) {
                if (left.isText()) {
                    discard(left, DiscardReason.SERVICE_ENDED);
                } else {
                    left.connection.controlsDiscarded += left.isMarker() ? 0 : 1;
                    line.remove(left);
                }
            }
            connections.values().forEach(connection -> connection.slots.clear());
        } finally {
            lock.unlock();
        }
    }

    private void discard(Waiting text, DiscardReason reason) {
        room.free(text);
        text.connection.discards.add(reason, text.bytes());
        line.remove(text);
    }

    Map<String, EventCounts> ledger() {
        acquire();
        try {
            Map<String, EventCounts> ledger = new LinkedHashMap<>();
            connections.forEach((name, connection) -> ledger.put(name, connection.snapshot()));
            return ledger;
        } finally {
            lock.unlock();
        }
    }
}
