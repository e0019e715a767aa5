package io.headgate.host.ws.test;

import io.headgate.plugin.test.Peer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.resources.LoopResources;

/**
 * A {@link Peer} as a real WebSocket server on the loopback interface, in real time: the same rules that a plugin was tested against in
 * virtual time, for a whole host.
 *
 * <pre>{@code
 * try (PeerServer server = PeerServer.start(new Gateway(TOKEN))) {
 *     // run a host that dials server.uri()
 *     server.assertKept();
 * }
 * }</pre>
 *
 * <p>It has one thread, a daemon, which alone calls the peer; what a test calls on the peer itself has to go through {@link #run} and {@link #ask}. Every
 * method may be called by any other thread.
 */
public final class PeerServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Peer peer;
    private final LoopResources loops = LoopResources.create("peer-server", 1, true);
    private final AtomicLong epochs = new AtomicLong();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    private PeerServer(Peer peer) {
        this.peer = peer;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops, false)
                .route(routes -> routes.get("/**", this::accept))
                .bindNow(PATIENCE);
    }

    /**
     * Starts a server on a free port.
     *
     * @param peer the peer, which plays every session
     * @return the server, which listens
     */
    public static PeerServer start(Peer peer) {
        return new PeerServer(peer);
    }

    /**
     * Where it listens. Every path below leads to the peer, whose {@link io.headgate.plugin.test.PeerSession#uri() session} has the
     * whole URI, with the query.
     *
     * @return {@code ws://127.0.0.1:port/}
     */
    public String uri() {
        return "ws://127.0.0.1:" + server.port() + "/";
    }

    /**
     * Runs something where the peer is called, and waits for its end.
     *
     * @param task what to run, as {@code gateway::cut}
     */
    public void run(Runnable task) {
        ask(() -> {
            task.run();
            return true;
        });
    }

    /**
     * Asks something where the peer is called, and waits for the answer.
     *
     * @param question what to ask, as {@code gateway::loggedIn}
     * @param <T> what is answered
     * @return the answer
     */
    public <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loops.onServer(false).next())
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Which rules were broken.
     *
     * @return a line each, in order
     */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /**
     * Expects that no rule was broken.
     *
     * @throws AssertionError with all that were
     */
    public void assertKept() {
        if (!violations.isEmpty()) {
            throw new AssertionError("the plugin broke rules:\n" + String.join("\n", violations));
        }
    }

    private Publisher<Void> accept(HttpServerRequest request, HttpServerResponse response) {
        String opened = "ws://127.0.0.1:" + server.port() + request.uri();
        return response.sendWebsocket((in, out) -> talk(opened, in));
    }

    private Publisher<Void> talk(String opened, WebsocketInbound in) {
        return Mono.<Connection>create(sink -> in.withConnection(sink::success)).flatMap(connection -> {
            SocketSession session = new SocketSession(
                    epochs.incrementAndGet(), opened, connection.channel(), this::guarded, violations::add);
            Mono<Void> closing = in.receiveCloseStatus()
                    .doOnNext(status -> session.closedWith(status.code()))
                    .then();
            Mono<Void> texts = in.receive()
                    .asString()
                    .doOnNext(text -> guarded(() -> peer.text(session, text)))
                    .then();
            return Flux.merge(closing, texts)
                    .then()
                    .doOnSubscribe(begin -> guarded(() -> peer.opened(session)))
                    .onErrorComplete()
                    .doFinally(end -> {
                        session.end();
                        guarded(() -> peer.ended(session, session.code()));
                    });
        });
    }

    /** What a peer throws is a rule that was broken; the thread goes on. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | AssertionError problem) {
            violations.add("the peer failed: " + problem);
        }
    }

    /** Ends every session, and the thread. */
    @Override
    public void close() {
        server.dispose();
        loops.disposeLater(Duration.ZERO, PATIENCE)
                .toFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
