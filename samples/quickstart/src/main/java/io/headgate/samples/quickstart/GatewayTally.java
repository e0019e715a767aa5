package io.headgate.samples.quickstart;

import java.util.concurrent.atomic.AtomicLong;

/** What the gateway counts. Written on its event loop, read from anywhere. */
final class GatewayTally {

    final AtomicLong identifies = new AtomicLong();
    final AtomicLong replies = new AtomicLong();
    final AtomicLong unanswered = new AtomicLong();
    final AtomicLong violations = new AtomicLong();
    final AtomicLong messageIds = new AtomicLong();
    final Path chat = new Path();
    final Path feed = new Path();
    /** Set once, when the gateway falls silent before its end. */
    volatile boolean silent;

    /** The counts of one path. */
    static final class Path {
        final AtomicLong sent = new AtomicLong();
        final AtomicLong received = new AtomicLong();
        final AtomicLong undecided = new AtomicLong();
        final AtomicLong sessions = new AtomicLong();

        private GatewayCounts.Frames frames() {
            return new GatewayCounts.Frames(sent.get(), received.get());
        }
    }

    boolean nothingUndecided() {
        return chat.undecided.get() + feed.undecided.get() == 0;
    }

    boolean nobodyThere() {
        return chat.sessions.get() + feed.sessions.get() == 0;
    }

    GatewayCounts counts() {
        return new GatewayCounts(
                chat.frames(), feed.frames(), identifies.get(), replies.get(), unanswered.get(), violations.get());
    }
}
