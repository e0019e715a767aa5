package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.CommandFailed;
import io.headgate.plugin.IngressEvent.CommandRefused;
import io.headgate.plugin.IngressEvent.CommandSent;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The bound on refusals that wait: past it, a further one is folded into the last that waits. */
final class Refusals {

    private Refusals() {}

    static boolean isOne(IngressEvent event) {
        return event instanceof CommandRefused || event instanceof CommandFailed || event instanceof CommandSent;
    }

    /** Folds {@code arrived} if it is a refusal and {@code most} of its connection and kind wait already. */
    static boolean fold(Deque<Waiting> waiting, @Nullable Waiting shown, Waiting arrived, int most) {
        if (!isOne(arrived.event)) {
            return false;
        }
        int found = 0;
        Waiting last = null;
        for (Iterator<Waiting> backwards = waiting.descendingIterator(); backwards.hasNext() && found < most; ) {
            Waiting one = backwards.next();
            if (one.connection == arrived.connection && one.event.getClass() == arrived.event.getClass()) {
                found++;
                // What is shown is out of the lane's hands: it can take nothing more in.
                last = last == null && one != shown ? one : last;
            }
        }
        if (found < most || last == null) {
            return false;
        }
        last.event = withOneMore(last.event);
        return true;
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
