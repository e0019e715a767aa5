package io.headgate.samples.quickstart;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;

/**
 * The rules of {@code chat.v1}, which {@link ChatSession} has over a socket, for virtual time: identify at once and once, beat at the pace
 * that hello gives, answer each message once and in order.
 */
final class StrictGateway implements Peer {

    private static final Duration IDENTIFY_WITHIN = Duration.ofSeconds(1);

    private final Duration heartbeat;
    private final Deque<Long> unanswered = new ArrayDeque<>();
    private PeerSession session;
    private boolean identified;
    private long lastBeatMillis;
    private long messages;
    private int identifies;
    private int beats;
    private int replies;

    StrictGateway(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    boolean identified() {
        return identified;
    }

    int identifies() {
        return identifies;
    }

    int beats() {
        return beats;
    }

    int replies() {
        return replies;
    }

    int unanswered() {
        return unanswered.size();
    }

    void say() {
        unanswered.add(++messages);
        session.send(Chat.of("message")
                .put("id", messages)
                .put("text", "hi " + messages)
                .toString());
    }

    void cut() {
        session.cut();
    }

    @Override
    public void opened(PeerSession opened) {
        session = opened;
        lastBeatMillis = opened.nowMillis();
        opened.send(Chat.of("hello").put("heartbeat_ms", heartbeat.toMillis()).toString());
        opened.after(IDENTIFY_WITHIN, () -> {
            if (!identified) {
                opened.violated("identify within " + IDENTIFY_WITHIN + " of hello");
            }
        });
    }

    @Override
    public void text(PeerSession from, String text) {
        JsonNode said = Chat.read(text);
        if (identified == Chat.op(said).equals("identify")) {
            from.violated("identify first, and once, not " + text);
        }
        switch (Chat.op(said)) {
            case "identify" -> identify(from);
            case "heartbeat" -> beat(from);
            case "reply" -> reply(from, said.path("to").asLong(0));
            default -> from.violated("only what the protocol has, not " + text);
        }
    }

    private void identify(PeerSession from) {
        identified = true;
        identifies++;
        awaitBeat(from);
        from.send(Chat.of("ready").toString());
    }

    private void beat(PeerSession from) {
        if (from.nowMillis() - lastBeatMillis != heartbeat.toMillis()) {
            from.violated("beat each " + heartbeat);
        }
        lastBeatMillis = from.nowMillis();
        beats++;
        awaitBeat(from);
    }

    private void awaitBeat(PeerSession of) {
        int before = beats;
        of.after(heartbeat.plusMillis(1), () -> {
            if (beats == before) {
                of.violated("beat each " + heartbeat);
            }
        });
    }

    private void reply(PeerSession from, long to) {
        Long due = unanswered.poll();
        if (due == null || due != to) {
            from.violated("answer message " + due + ", not " + to);
        }
        replies++;
    }

    @Override
    public void ended(PeerSession ended, int code) {
        identified = false;
        unanswered.clear();
    }
}
