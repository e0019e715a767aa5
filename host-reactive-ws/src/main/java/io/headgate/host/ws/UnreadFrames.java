package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Unread;

/**
 * Counts the frames that are decoded and that nobody has asked for. While there are any, the socket is not read: Reactor
 * Netty by itself reads on below 32 of them, however large they are. Owned by the event loop, but for {@link #now}.
 */
final class UnreadFrames {

    private int frames;
    private long bytes;
    private boolean readHeldBack;
    /** Written only where something stays unread, so that a reader who keeps up costs no volatile write. */
    private volatile Unread now = Unread.NOTHING;

    /** Answers whether a read may go ahead; if not, {@link #taken} will say when. */
    boolean mayRead() {
        readHeldBack = frames > 0;
        return !readHeldBack;
    }

    void decoded(Frame frame) {
        frames++;
        bytes += frame.bytes();
    }

    /** Answers whether a read that was held back is due. */
    boolean taken(Frame frame) {
        frames--;
        bytes -= frame.bytes();
        if (now.frames() > 0) {
            publish();
        }
        boolean due = readHeldBack && frames == 0;
        readHeldBack &= !due;
        return due;
    }

    void readComplete() {
        if (frames > 0) {
            publish();
        }
    }

    private void publish() {
        now = frames == 0 ? Unread.NOTHING : new Unread(frames, bytes);
    }

    /** Any thread. */
    Unread now() {
        return now;
    }
}
