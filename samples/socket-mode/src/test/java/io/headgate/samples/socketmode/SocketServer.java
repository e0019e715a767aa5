package io.headgate.samples.socketmode;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server, and the call that gives URLs for it. It fails the test when an app comes with a URL that was used or never given, acknowledges
 * later than in three seconds, twice, or what it was not sent, keeps a connection that it was warned about, or leaves it before the next
 * one stands. What was not acknowledged when its connection ended is told again on the next one.
 */
final class SocketServer implements Peer, Tickets {

    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(3);
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(10);
    private static final int LEFT = 1000;

    /** What waits for its acknowledgement. */
    private record Told(PeerSession on, Disposable deadline) {}

    private final LongFunction<String> urls;
    private final Duration leeway;
    private final Set<String> unused = new HashSet<>();
    private final Set<PeerSession> open = new LinkedHashSet<>();
    private final Set<PeerSession> warned = new HashSet<>();
    private final Map<String, Told> unacknowledged = new HashMap<>();
    private int given;
    private int opened;
    private int envelopes;
    private int failing;

    /**
     * A server.
     *
     * @param urls where it is, by the number of the ticket
     * @param leeway how much later is not late
     */
    SocketServer(LongFunction<String> urls, Duration leeway) {
        this.urls = urls;
        this.leeway = leeway;
    }

    // ---- the call

    @Override
    public Mono<String> next() {
        return Mono.fromSupplier(this::ticket);
    }

    String ticket() {
        if (failing > 0) {
            failing--;
            throw new IllegalStateException("the call failed");
        }
        String url = urls.apply(++given);
        unused.add(url);
        return url;
    }

    /** The next calls fail. */
    void failCalls(int times) {
        failing = times;
    }

    // ---- what a test has it do

    /** Something has happened, and is told to one of the connections. */
    void happens() {
        tell("envelope-" + ++envelopes, newest());
    }

    /** The connection is to be closed soon, and another one opened before. */
    void warn() {
        PeerSession leaving = newest();
        warned.add(leaving);
        leaving.send(message("disconnect").put("reason", "refresh_requested").toString());
        leaving.after(
                LEAVE_WITHIN.plus(leeway), () -> leaving.violated("leave within " + LEAVE_WITHIN + " of being warned"));
    }

    void cut() {
        newest().cut();
    }

    int given() {
        return given;
    }

    int opened() {
        return opened;
    }

    int openNow() {
        return open.size();
    }

    int envelopes() {
        return envelopes;
    }

    int unacknowledged() {
        return unacknowledged.size();
    }

    // ---- what it does by itself

    @Override
    public void opened(PeerSession session) {
        if (!unused.remove(session.uri())) {
            session.violated("a URL is good for one connection: " + session.uri());
        }
        opened++;
        open.add(session);
        session.send(message("hello").toString());
        tellAgain();
    }

    @Override
    public void text(PeerSession session, String text) {
        String id = JsonMapper.shared().readTree(text).path("envelope_id").asString("");
        Told told = unacknowledged.remove(id);
        if (told == null) {
            session.violated("acknowledge what was sent, once, not " + text);
        } else {
            told.deadline().dispose();
        }
    }

    @Override
    public void ended(PeerSession session, int code) {
        open.remove(session);
        if (warned.remove(session) && code == LEFT && open.isEmpty()) {
            session.violated("have the next connection stand before this one is left");
        }
        tellAgain();
    }

    private void tell(String id, PeerSession session) {
        Disposable deadline = session.after(
                ACKNOWLEDGE_WITHIN.plus(leeway),
                () -> session.violated("acknowledge " + id + " within " + ACKNOWLEDGE_WITHIN));
        unacknowledged.put(id, new Told(session, deadline));
        session.send(message("events_api").put("envelope_id", id).toString());
    }

    private void tellAgain() {
        if (!open.isEmpty()) {
            List.copyOf(unacknowledged.keySet()).stream()
                    .filter(id -> !open.contains(unacknowledged.get(id).on()))
                    .forEach(id -> tell(id, newest()));
        }
    }

    private PeerSession newest() {
        return open.stream()
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("the app has no connection"));
    }

    private static ObjectNode message(String type) {
        return JsonMapper.shared().createObjectNode().put("type", type);
    }
}
