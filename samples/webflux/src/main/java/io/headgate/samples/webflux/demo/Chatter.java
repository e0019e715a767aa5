package io.headgate.samples.webflux.demo;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;

/** A peer that says something every two seconds, and repeats what it is told. */
final class Chatter implements Peer {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private long said;

    Chatter() {}

    @Override
    public void opened(PeerSession session) {
        session.send("something, " + ++said);
        session.after(PAUSE, () -> opened(session));
    }

    @Override
    public void text(PeerSession session, String text) {
        session.send("you said " + text);
    }
}
