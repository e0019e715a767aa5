package io.headgate.samples.chat;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat gateway that knows the rules, and fails the test when a client breaks one: log in within 10 s, once; beat at each interval with the
 * last number; be gone when a beat is not acknowledged; resume what is there to resume; wait before coming in again; say at most 120 texts
 * a minute, and answer each ping once.
 */
final class Gateway implements Peer {

    private static final Duration LOG_IN_WITHIN = Duration.ofSeconds(10);
    private static final long MINUTE = 60_000;
    private static final int TEXTS_A_MINUTE = 120;

    private final String token;
    private final Duration interval;
    private final Duration leeway;
    private final List<String> dispatched = new ArrayList<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Deque<Long> texts = new ArrayDeque<>();
    private PeerSession session;
    private String sessionId = "";
    private boolean loggedIn;
    /** Whether anybody logged in on this session, also where it was told since that its session is invalid. */
    private boolean entered;

    private boolean deaf;
    private boolean unacknowledged;
    private long invalidAtMillis = -1;
    private int identified;
    private int resumed;
    private int replayed;
    private int pings;
    private int leftDeaf;
    private int beats;

    /**
     * A gateway.
     *
     * @param token the one that it lets in
     * @param interval how often a client has to beat
     * @param leeway how much later is not late
     */
    Gateway(String token, Duration interval, Duration leeway) {
        this.token = token;
        this.interval = interval;
        this.leeway = leeway;
    }

    // ---- what a test has it do

    boolean loggedIn() {
        return loggedIn;
    }

    void ping() {
        String content = "ping " + ++pings;
        unanswered.add("pong " + pings);
        dispatch("MESSAGE_CREATE", Message.object().put("content", content));
    }

    /** Whoever beats gets no answer any more, in this session. */
    void goDeaf() {
        deaf = true;
    }

    void askToReconnect() {
        session.send(Message.write(Op.RECONNECT, NullNode.getInstance()));
    }

    void invalidate(boolean resumable) {
        loggedIn = false;
        invalidAtMillis = session.nowMillis();
        if (!resumable) {
            forget();
        }
        session.send(Message.write(Op.INVALID_SESSION, BooleanNode.valueOf(resumable)));
    }

    /** What is said while nobody is there, or the network takes what was said. */
    void sayToNobody() {
        String content = "ping " + ++pings;
        unanswered.add("pong " + pings);
        dispatched.add(numbered("MESSAGE_CREATE", Message.object().put("content", content)));
    }

    void cut() {
        session.cut();
    }

    void close(int code) {
        session.close(code, "as scripted");
    }

    int identified() {
        return identified;
    }

    int resumed() {
        return resumed;
    }

    int replayed() {
        return replayed;
    }

    int beats() {
        return beats;
    }

    /** How often it was left since it acknowledged nothing. */
    int leftDeaf() {
        return leftDeaf;
    }

    int pings() {
        return pings;
    }

    Set<String> unanswered() {
        return unanswered;
    }

    // ---- what it does by itself

    @Override
    public void opened(PeerSession opened) {
        session = opened;
        loggedIn = false;
        entered = false;
        deaf = false;
        unacknowledged = false;
        invalidAtMillis = -1;
        opened.send(Message.write(Op.HELLO, Message.object().put("heartbeat_interval", interval.toMillis())));
        opened.after(LOG_IN_WITHIN, () -> {
            if (!entered) {
                opened.violated("identify or resume within " + LOG_IN_WITHIN + " of hello");
            }
        });
        awaitBeat(opened);
    }

    private void awaitBeat(PeerSession of) {
        long before = beats;
        of.after(interval.plus(leeway), () -> {
            if (beats == before) {
                of.violated("a heartbeat at least each " + interval);
            }
        });
    }

    @Override
    public void text(PeerSession from, String text) {
        countText(from);
        Message message = Message.read(text);
        switch (message.op()) {
            case Op.HEARTBEAT -> beat(from, message.data());
            case Op.IDENTIFY -> identify(from, message.data());
            case Op.RESUME -> resume(from, message.data());
            case Op.SAY -> said(from, message.data());
            default -> from.violated("only what the protocol has, not " + text);
        }
    }

    private void countText(PeerSession from) {
        long now = from.nowMillis();
        while (!texts.isEmpty() && texts.peekFirst() <= now - MINUTE) {
            texts.removeFirst();
        }
        texts.addLast(now);
        if (texts.size() > TEXTS_A_MINUTE) {
            from.violated("at most " + TEXTS_A_MINUTE + " texts a minute");
        }
    }

    private void beat(PeerSession from, JsonNode last) {
        if (unacknowledged) {
            from.violated("be gone when a heartbeat was not acknowledged");
        }
        OptionalLong number = last.isIntegralNumber() ? OptionalLong.of(last.asLong()) : OptionalLong.empty();
        if (loggedIn && number.orElse(0) != dispatched.size()) {
            from.violated(
                    "a heartbeat carries the number of the last dispatch, " + dispatched.size() + ", not " + last);
        }
        beats++;
        if (deaf) {
            unacknowledged = true;
        } else {
            from.send(Message.write(Op.HEARTBEAT_ACKNOWLEDGED, NullNode.getInstance()));
        }
        awaitBeat(from);
    }

    private void identify(PeerSession from, JsonNode data) {
        enter(from, data);
        if (!sessionId.isEmpty()) {
            from.violated("resume a session that is there, instead of identifying anew");
        }
        identified++;
        sessionId = "session-" + identified;
        dispatched.clear();
        dispatch("READY", Message.object().put("session_id", sessionId));
    }

    private void resume(PeerSession from, JsonNode data) {
        enter(from, data);
        if (!data.path("session_id").asString("").equals(sessionId)) {
            invalidate(false);
            return;
        }
        resumed++;
        int known = data.path("seq").asInt(0);
        List<String> missed = List.copyOf(dispatched.subList(known, dispatched.size()));
        replayed += missed.size();
        missed.forEach(from::send);
        dispatch("RESUMED", Message.object());
    }

    private void enter(PeerSession from, JsonNode data) {
        if (loggedIn) {
            from.violated("log in once a session");
        }
        if (!data.path("token").asString("").equals(token)) {
            from.close(4004, "authentication failed");
        }
        long waited = from.nowMillis() - invalidAtMillis;
        if (invalidAtMillis >= 0 && (waited < 1_000 || waited > 5_000)) {
            from.violated("wait 1 to 5 s when a session was said to be invalid, not " + waited + " ms");
        }
        entered = true;
        loggedIn = true;
    }

    private void said(PeerSession from, JsonNode data) {
        if (!loggedIn) {
            from.violated("log in before anything else");
        }
        if (!unanswered.remove(data.path("content").asString(""))) {
            from.violated("answer each ping once, not with " + data);
        }
    }

    private void dispatch(String type, ObjectNode data) {
        String text = numbered(type, data);
        dispatched.add(text);
        session.send(text);
    }

    private String numbered(String type, ObjectNode data) {
        return Message.object()
                .put("op", Op.DISPATCH)
                .put("s", dispatched.size() + 1)
                .put("t", type)
                .set("d", data)
                .toString();
    }

    /** What was not answered by then never will be: with the session goes what it had to say. */
    private void forget() {
        sessionId = "";
        dispatched.clear();
        unanswered.clear();
    }

    @Override
    public void ended(PeerSession ended, int code) {
        loggedIn = false;
        if (code == 1000 || code == 1001) {
            forget();
        }
        leftDeaf += unacknowledged && code == 4000 ? 1 : 0;
    }
}
