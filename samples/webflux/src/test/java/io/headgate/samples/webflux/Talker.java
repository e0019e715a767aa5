package io.headgate.samples.webflux;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.util.ArrayList;
import java.util.List;

/** A peer that says what the test has it say, and keeps what it is told. Only accessed by its server's thread. */
final class Talker implements Peer {

    private final List<String> told = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final List<PeerSession> open = new ArrayList<>();
    private long said;

    @Override
    public void opened(PeerSession session) {
        open.add(session);
    }

    @Override
    public void text(PeerSession session, String text) {
        told.add(text);
    }

    @Override
    public void ended(PeerSession session, int code) {
        open.remove(session);
        codes.add(code);
    }

    /** Says a number of texts, each with its number at the beginning, on every session. */
    void say(int texts, String filling) {
        for (int i = 0; i < texts; i++) {
            said++;
            open.forEach(session -> session.send(said + " " + filling));
        }
    }

    long said() {
        return said;
    }

    List<String> told() {
        return List.copyOf(told);
    }

    List<Integer> codes() {
        return List.copyOf(codes);
    }
}
