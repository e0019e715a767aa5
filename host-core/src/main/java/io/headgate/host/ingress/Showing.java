package io.headgate.host.ingress;

import org.jspecify.annotations.Nullable;

/**
 * What of the line is shown to whose turn it is. Guarded by the lane's lock, but for the claim, see {@link Turn}: what was claimed is
 * taken out here by whoever has the lock next.
 */
final class Showing {

    private final Line line;
    private @Nullable Turn turn;
    /** From when a Gap is shown until a text is claimed: the first text is the plugin's, whatever comes in. */
    private boolean holding;

    Showing(Line line) {
        this.line = line;
    }

    void begin(Turn next) {
        turn = next;
    }

    boolean isTurn(Turn asking) {
        return asking == turn;
    }

    /** Shows the first place to its turn, one at a time. */
    @Nullable
    Waiting show(Turn asking) {
        if (asking != turn || line.shown() != null) {
            return null;
        }
        Waiting shown = line.show();
        if (shown != null) {
            asking.show(shown);
            holding |= shown.isMarker();
        }
        return shown;
    }

    /** Takes out of the line what was claimed. */
    @Nullable
    Waiting takeClaimed() {
        Waiting shown = line.shown();
        Turn showing = turn;
        if (shown == null || showing == null || !showing.hasClaimed(shown)) {
            return null;
        }
        line.take(shown);
        holding &= !shown.isText();
        return shown;
    }

    /** Takes back what is shown, unless it is claimed by then. */
    @Nullable
    Waiting withdraw() {
        Waiting shown = line.shown();
        Turn showing = turn;
        return shown != null && showing != null && showing.withdraw(shown) ? line.unshow() : null;
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
