package io.headgate.host.ingress;

import org.jspecify.annotations.Nullable;

/**
 * What waits, in order of arrival, and where texts are missing. Guarded by the lane's lock; constant work for each call.
 *
 * <p>A dropped text leaves a marker where it stood, or would have stood. Markers that follow each other in their connection's
 * chain are joined, so that there is at most one more than there are events of that connection; the earlier place is kept. Only
 * the marker that is shown stays as it is: its Gap is in the plugin's hands.
 */
final class Line {

    private final Chain all = new Chain(Chain.Kind.LINE);
    private final Chain texts = new Chain(Chain.Kind.TEXTS);
    private @Nullable Waiting shown;
    /** The last one that is shown with it. */
    private @Nullable Waiting lastShown;

    /** The first place that is shown. */
    @Nullable
    Waiting shown() {
        return shown;
    }

    /** Shows the first place, and with a text those that follow it, {@code most} together. */
    @Nullable
    Waiting show(int most) {
        Waiting last = all.first();
        shown = last;
        for (int together = 1; together < most && last != null && last.isText(); together++) {
            Waiting next = all.after(last);
            if (next == null || !next.isText()) {
                break;
            }
            last.shownNext = next;
            last = next;
        }
        lastShown = last;
        return shown;
    }

    /** What is shown waits again; a marker is joined with what has gone missing behind it meanwhile. */
    @Nullable
    Waiting unshow() {
        Waiting was = shown;
        shown = null;
        if (was != null) {
            join(was, was.connection.waiting.after(was));
        }
        return was;
    }

    /** Takes out the first place that is shown: it is the plugin's now. */
    void take(Waiting claimed) {
        shown = claimed == lastShown ? null : all.after(claimed);
        remove(claimed);
    }

    @Nullable
    Waiting first() {
        return all.first();
    }

    int size() {
        return all.size();
    }

    @Nullable
    Waiting firstText() {
        return texts.first();
    }

    /** The oldest text of all, but {@code kept}. */
    @Nullable
    Waiting oldestTextBut(@Nullable Waiting kept) {
        return texts.firstBut(kept);
    }

    void append(Waiting arrived) {
        all.append(arrived);
        arrived.connection.waiting.append(arrived);
        if (arrived.isText()) {
            texts.append(arrived);
            arrived.connection.texts.append(arrived);
        }
    }

    /** Takes a place out; markers that met behind it are joined. */
    void remove(Waiting leaving) {
        Chain own = leaving.connection.waiting;
        Waiting before = own.before(leaving);
        Waiting after = own.after(leaving);
        if (leaving.isText()) {
            removeFromTexts(leaving);
        }
        all.remove(leaving);
        own.remove(leaving);
        join(before, after);
    }

    /** Notes that a text which never stood in the line is missing at its end. Answers whether a run began. */
    boolean dropAtTheEnd(Waiting text) {
        Waiting last = text.connection.waiting.last();
        if (last != null && isOpenMarker(last)) {
            last.add(text);
            return false;
        }
        text.becomeMarker();
        append(text);
        return true;
    }

    /** Makes a marker of a text that waits and is not shown. Answers whether a run began. */
    boolean dropInPlace(Waiting text) {
        removeFromTexts(text);
        text.becomeMarker();
        boolean joinedLater = join(text, text.connection.waiting.after(text));
        boolean joinedEarlier = join(text.connection.waiting.before(text), text);
        return !joinedLater && !joinedEarlier;
    }

    private void removeFromTexts(Waiting text) {
        texts.remove(text);
        text.connection.texts.remove(text);
    }

    private boolean join(@Nullable Waiting earlier, @Nullable Waiting later) {
        if (earlier == null || later == null || !isOpenMarker(earlier) || !isOpenMarker(later)) {
            return false;
        }
        earlier.add(later);
        all.remove(later);
        later.connection.waiting.remove(later);
        return true;
    }

    private boolean isOpenMarker(Waiting place) {
        return place.isMarker() && place != shown;
    }
}
