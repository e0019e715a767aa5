package io.headgate.samples.socketmode;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server, and the call that gives URLs for it. It fails the test when an app comes with a URL that was used or never given, acknowledges
 * later than in three seconds, twice, or what it was not sent, keeps a connection that it was warned about, or has none in the meantime.
 */
final class SocketServer implements Tickets {

    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(3);
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(10);

    private final Set<String> unused = new HashSet<>();
    private final Set<PeerSession> open = new LinkedHashSet<>();
    private final Map<String, Disposable> deadlines = new HashMap<>();
    private int given;
    private int envelopes;
    private int failing;
    private int moves;

    /** The next calls fail. */
    void failCalls(int times) {
        failing = times;
    }

    int given() {
        return given;
    }

    int openNow() {
        return open.size();
    }

    int envelopes() {
        return envelopes;
    }

    int moves() {
        return moves;
    }

    int unacknowledged() {
        return deadlines.size();
    }

    @Override
    public Mono<String> next() {
        return Mono.defer(() -> {
            if (failing > 0) {
                failing--;
                return Mono.error(new IllegalStateException("the call failed"));
            }
            String url = "wss://wss-" + ++given + ".socket.example/link/?ticket=" + given;
            unused.add(url);
            return Mono.just(url);
        });
    }

    /** What stands behind each of the app's connections. */
    Peer peer() {
        return new Peer() {
            @Override
            public void opened(PeerSession session) {
                begin(session);
            }

            @Override
            public void text(PeerSession session, String text) {
                acknowledged(session, text);
            }

            @Override
            public void ended(PeerSession session, int code) {
                open.remove(session);
            }
        };
    }

    private void begin(PeerSession session) {
        if (!unused.remove(session.uri())) {
            session.violated("a URL is good for one connection: " + session.uri());
        }
        open.add(session);
        session.send(message("hello").toString());
    }

    /** Something has happened, and is told to one of the connections. */
    void happens() {
        PeerSession session = newest();
        String id = "envelope-" + ++envelopes;
        deadlines.put(
                id,
                session.after(
                        ACKNOWLEDGE_WITHIN,
                        () -> session.violated("acknowledge " + id + " within " + ACKNOWLEDGE_WITHIN)));
        session.send(message("events_api").put("envelope_id", id).toString());
    }

    private void acknowledged(PeerSession session, String text) {
        String id = JsonMapper.shared().readTree(text).path("envelope_id").asString("");
        Disposable deadline = deadlines.remove(id);
        if (deadline == null) {
            session.violated("acknowledge what was sent, once, not " + text);
        } else {
            deadline.dispose();
        }
    }

    /** The connection is to be closed soon, and another one opened before. */
    void warn() {
        PeerSession leaving = newest();
        moves++;
        leaving.send(message("disconnect").put("reason", "refresh_requested").toString());
        leaving.after(LEAVE_WITHIN, () -> leaving.violated("leave within " + LEAVE_WITHIN + " of being warned"));
    }

    void cut() {
        newest().cut();
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
