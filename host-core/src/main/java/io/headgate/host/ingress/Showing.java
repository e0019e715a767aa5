package io.headgate.host.ingress;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of the line is shown to whose turn it is. Guarded by the lane's lock, but for the claim, see {@link Turn}: what was claimed is
 * taken out here by whoever has the lock next.
 */
final class Showing {

    /** How many texts are shown at once: so often the worker takes the lane's lock. */
    private static final int MOST = 64;

    private final Line line;
    /** One where what is not claimed may have to give way. */
    private final int together;

    private @Nullable Turn turn;
    /** From when a Gap is shown until a text is claimed: the first text is the plugin's, whatever comes in. */
    private boolean holding;

    Showing(Line line, OverflowPolicy overflow) {
        this.line = line;
        this.together = overflow == OverflowPolicy.DROP_OLDEST ? 1 : MOST;
    }

    void begin(Turn next) {
        turn = next;
    }

    boolean isTurn(Turn asking) {
        return asking == turn;
    }

    /** Shows what comes first to its turn, once all that was shown before is claimed. */
    @Nullable
    Waiting show(Turn asking) {
        if (asking != turn || line.shown() != null) {
            return null;
        }
        Waiting shown = line.show(together);
        if (shown != null) {
            asking.show(shown);
            holding |= shown.isMarker();
        }
        return shown;
    }

    /** Takes the first place out of the line that was claimed. */
    @Nullable
    Waiting takeClaimed() {
        return turn == null ? null : takeBefore(turn.unclaimed());
    }

    private @Nullable Waiting takeBefore(@Nullable Waiting unclaimed) {
        Waiting shown = line.shown();
        if (shown == null || shown == unclaimed) {
            return null;
        }
        line.take(shown);
        holding &= !shown.isText();
        return shown;
    }

    /** Takes back what is shown, once what was claimed by then is taken out. Answers the first that waits again. */
    @Nullable
    Waiting withdraw(Consumer<Waiting> claimed) {
        Waiting unclaimed = turn == null ? null : turn.withdraw();
        for (Waiting taken = takeBefore(unclaimed); taken != null; taken = takeBefore(unclaimed)) {
            claimed.accept(taken);
        }
        return line.unshow();
    }

    /** Behind the last place that was shown: it is nobody's turn. */
    void end() {
        turn = null;
        holding = false;
    }

    /** The text that a plugin takes next, and that nothing may take from it. */
    @Nullable
    Waiting inReach() {
        Waiting shown = line.shown();
        return holding || (shown != null && shown.isText()) ? line.firstText() : null;
    }
}
