package io.headgate.host.ingress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a lane, under its one lock. Nothing foreign is called under the lock: no clock, no hash of a plugin's, no
 * log, no subscriber.
 *
 * <p>Control events are bounded by construction. A state event ({@code Opened}, {@code Closed}, {@code Failed},
 * {@code Retrying}, {@code ReconnectNeeded}) replaces the one of its kind that waits. At most {@value #MAX_REFUSALS} each of
 * {@code CommandRefused}, {@code CommandFailed} and {@code CommandSent} wait; later ones are folded into the last and counted there.
 */
final class WaitingLine {

    static final int STATE_KINDS = 5;
    static final int MAX_REFUSALS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final LaneBounds bounds;
    // All that follows is guarded by the lock.
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, LaneConnection> connections = new LinkedHashMap<>();
    private final Set<LaneConnection> trailing = new LinkedHashSet<>();
    private final RunningTally texts = new RunningTally();
    private @Nullable Turn turn;
    private @Nullable Waiting shown;
    private boolean refusing;

    WaitingLine(LaneBounds bounds) {
        this.bounds = bounds;
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
    }

    /** Answers whether a run of drops began. */
    boolean put(Waiting arrived) {
        acquire();
        try {
            return arrived.isText() ? putText(arrived) : putControl(arrived);
        } finally {
            lock.unlock();
        }
    }

    private boolean putText(Waiting text) {
        LaneConnection connection = text.connection;
        int bytes = text.bytes();
        connection.received.add(bytes);
        if (refusing) {
            connection.discarded.add(bytes);
            return false;
        }
        if (texts.events() + 1 > bounds.maxEvents() || texts.bytes() + bytes > bounds.maxBytes()) {
            return drop(text);
        }
        texts.add(bytes);
        connection.queued.add(bytes);
        append(text);
        return false;
    }

    private boolean drop(Waiting text) {
        LaneConnection connection = text.connection;
        connection.dropped.add(text.bytes());
        boolean began = connection.trailing == null;
        connection.trailing = Missing.join(connection.trailing, Missing.of(text.event));
        trailing.add(connection);
        return began;
    }

    private boolean putControl(Waiting control) {
        if (refusing) {
            control.connection.controlsDiscarded++;
        } else if (!Refusals.fold(waiting, shown, control, MAX_REFUSALS)) {
            replaceSameState(control);
            append(control);
        }
        return false;
    }

    private void replaceSameState(Waiting control) {
        if (Refusals.isOne(control.event)) {
            return;
        }
        Iterator<Waiting> line = waiting.iterator();
        while (line.hasNext()) {
            Waiting old = line.next();
            if (old != shown
                    && old.connection == control.connection
                    && old.event.getClass() == control.event.getClass()) {
                line.remove();
                old.connection.replaced++;
                restore(old.connection, old.before, line);
                return;
            }
        }
    }

    private void append(Waiting arrived) {
        LaneConnection connection = arrived.connection;
        if (connection.trailing != null) {
            arrived.before = connection.trailing;
            connection.trailing = null;
            trailing.remove(connection);
        }
        waiting.add(arrived);
    }

    /** Puts a run of missing texts before the next event of its connection in {@code rest}, the rest of the line. */
    private void restore(LaneConnection connection, @Nullable Missing missing, Iterator<Waiting> rest) {
        if (missing == null) {
            return;
        }
        while (rest.hasNext()) {
            Waiting next = rest.next();
            if (next.connection == connection) {
                next.before = Missing.join(missing, next.before);
                return;
            }
        }
        connection.trailing = Missing.join(missing, connection.trailing);
        trailing.add(connection);
    }

    @Nullable
    Waiting show(Turn asking) {
        acquire();
        try {
            if (asking != turn || shown != null) {
                return null;
            }
            shown = next();
            return shown;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Waiting next() {
        Waiting head = waiting.peek();
        if (head == null) {
            return trailing.isEmpty() ? null : takeTrailing(trailing.iterator().next());
        }
        Missing before = head.before;
        if (before == null) {
            return head;
        }
        head.before = null;
        return Waiting.gap(head.connection, before);
    }

    private @Nullable Waiting takeTrailing(LaneConnection connection) {
        Missing missing = connection.trailing;
        connection.trailing = null;
        trailing.remove(connection);
        return missing == null ? null : Waiting.gap(connection, missing);
    }

    boolean claim(Turn claiming, Waiting claimed) {
        acquire();
        try {
            if (claiming != turn || claimed != shown) {
                return false;
            }
            shown = null;
            LaneConnection connection = claimed.connection;
            if (claimed.gap) {
                connection.gaps++;
                return true;
            }
            waiting.remove();
            if (claimed.isText()) {
                release(claimed);
                connection.delivered.add(claimed.bytes());
            } else {
                connection.controls++;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void release(Waiting text) {
        texts.remove(text.bytes());
        text.connection.queued.remove(text.bytes());
    }

    /** What the turn has still to claim: more than zero means that there is something, and a lower bound of how much. */
    int unclaimed(Turn asking) {
        acquire();
        try {
            boolean gapShown = shown != null && shown.gap;
            return asking == turn ? waiting.size() + trailing.size() + (gapShown ? 1 : 0) : 0;
        } finally {
            lock.unlock();
        }
    }

    void begin(Turn next) {
        acquire();
        try {
            unshow();
            turn = next;
        } finally {
            lock.unlock();
        }
    }

    void end(Turn ending) {
        acquire();
        try {
            if (turn == ending) {
                unshow();
                turn = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void unshow() {
        Waiting unclaimed = shown;
        shown = null;
        if (unclaimed != null && unclaimed.gap) {
            restore(unclaimed.connection, unclaimed.before, waiting.iterator());
        }
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

    void discardAll() {
        acquire();
        try {
            refusing = true;
            turn = null;
            shown = null;
            for (Waiting left : waiting) {
                if (left.isText()) {
                    release(left);
                    left.connection.discarded.add(left.bytes());
                } else {
                    left.connection.controlsDiscarded++;
                }
            }
            waiting.clear();
            trailing.clear();
        } finally {
            lock.unlock();
        }
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
