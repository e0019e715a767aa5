package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Closed;
import io.headgate.plugin.IngressEvent.CommandFailed;
import io.headgate.plugin.IngressEvent.CommandRefused;
import io.headgate.plugin.IngressEvent.CommandSent;
import io.headgate.plugin.IngressEvent.Failed;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control events of one connection that wait, by kind: what bounds them. Guarded by the lane's lock; constant work for each
 * call.
 *
 * <p>A state event takes the slot of its kind from the older one. Answers to commands ({@code CommandRefused},
 * {@code CommandFailed}, {@code CommandSent}) all matter, so that they are counted instead.
 */
final class ControlSlots {

    /** {@code Opened}, {@code Closed}, {@code Failed}, {@code Retrying}, {@code ReconnectNeeded}. */
    static final int STATE_KINDS = 5;

    static final int ANSWER_KINDS = 3;
    /** The most answers of one kind that wait: past it, a further one is folded into the last. */
    static final int MAX_ANSWERS = 64;

    private final Map<Class<?>, Waiting> states = new HashMap<>();
    private final Map<Class<?>, Answers> answers = new HashMap<>();

    private static final class Answers {
        private int waiting;
        private @Nullable Waiting last;
    }

    private static boolean isAnswer(IngressEvent event) {
        return event instanceof CommandRefused || event instanceof CommandFailed || event instanceof CommandSent;
    }

    /** Folds an answer into the last of its kind, if as many wait as may. That one is not shown: it is not the first. */
    boolean fold(Waiting arrived) {
        Answers same = answers.get(arrived.event().getClass());
        if (same == null || same.last == null || same.waiting < MAX_ANSWERS) {
            return false;
        }
        same.last.replaceEvent(withOneMore(same.last.event()));
        return true;
    }

    /** Notes that an event waits. Answers the older state event whose slot it took. */
    @Nullable
    Waiting enter(Waiting arrived) {
        Class<?> kind = arrived.event().getClass();
        if (!isAnswer(arrived.event())) {
            return states.put(kind, arrived);
        }
        Answers same = answers.computeIfAbsent(kind, first -> new Answers());
        same.waiting++;
        same.last = arrived;
        return null;
    }

    /** Notes that an event waits no more. */
    void leave(Waiting left) {
        Class<?> kind = left.event().getClass();
        Answers same = answers.get(kind);
        if (same == null) {
            // A newer one may have taken its slot while it was shown.
            states.remove(kind, left);
            return;
        }
        same.waiting--;
        if (same.last == left) {
            same.last = null;
        }
    }

    /** Whether the end of a session, or of a dial, waits. */
    boolean holdsAnEnd() {
        return states.containsKey(Closed.class) || states.containsKey(Failed.class);
    }

    static boolean isAnEnd(IngressEvent event) {
        return event instanceof Closed || event instanceof Failed;
    }

    /** Whether it is a state event that lost its slot to a newer one. */
    boolean isReplaced(Waiting control) {
        return !isAnswer(control.event()) && states.get(control.event().getClass()) != control;
    }

    void clear() {
        states.clear();
        answers.clear();
    }

    private static IngressEvent withOneMore(IngressEvent event) {
        if (event instanceof CommandRefused r) {
            return new CommandRefused(
                    r.connection(),
                    r.epoch(),
                    r.sequence(),
                    r.receivedAtMillis(),
                    r.commandId(),
                    r.rule(),
                    r.message(),
                    r.more() + 1);
        }
        if (event instanceof CommandSent s) {
            return new CommandSent(
                    s.connection(), s.epoch(), s.sequence(), s.receivedAtMillis(), s.commandId(), s.more() + 1);
        }
        CommandFailed f = (CommandFailed) event;
        return new CommandFailed(
                f.connection(),
                f.epoch(),
                f.sequence(),
                f.receivedAtMillis(),
                f.commandId(),
                f.message(),
                f.more() + 1);
    }
}
