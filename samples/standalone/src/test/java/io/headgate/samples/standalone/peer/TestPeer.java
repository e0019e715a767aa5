package io.headgate.samples.standalone.peer;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** A WebSocket server on the loopback interface that says what it is told, goes away, and comes back on the same port. */
public final class TestPeer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A session, as the peer has it: texts for it, and an end with a Close. */
    private record Session(Sinks.Many<String> texts, Sinks.One<Close> end) {}

    private record Close(int code, String reason) {}

    private final UnaryOperator<String> answer;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Integer> closeCodes = new CopyOnWriteArrayList<>();
    private ChannelGroup channels = group();
    private @Nullable DisposableServer server;
    private int port;

    private TestPeer(UnaryOperator<String> answer) {
        this.answer = answer;
    }

    /** One that listens, and answers nothing. */
    public static TestPeer start() {
        return start(text -> "");
    }

    /** One that listens, and answers each text with what is made of it; nothing with an empty one. */
    public static TestPeer start(UnaryOperator<String> answer) {
        TestPeer peer = new TestPeer(answer);
        peer.comeBack();
        return peer;
    }

    private static ChannelGroup group() {
        return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    }

    /** Its address, with a path of one word. */
    public String uri(String path) {
        return "ws://localhost:" + port + "/" + path;
    }

    /** Sends a text to whoever is connected. */
    public void send(String text) {
        sessions.forEach(session -> session.texts().tryEmitNext(text));
    }

    /** Ends every session with a Close. */
    public void close(int code, String reason) {
        sessions.forEach(session -> session.end().tryEmitValue(new Close(code, reason)));
    }

    /** How many are connected. */
    public int sessions() {
        return sessions.size();
    }

    /** What arrived, of all sessions. */
    public List<String> received() {
        return received;
    }

    /** The codes of the Closes that arrived. */
    public List<Integer> closeCodes() {
        return closeCodes;
    }

    /** Ends every connection without a word, and listens no more. */
    public void goAway() {
        Objects.requireNonNull(server).channel().close().awaitUninterruptibly(LIMIT.toMillis());
        channels.close().awaitUninterruptibly(LIMIT.toMillis());
        server.disposeNow(LIMIT);
    }

    /** Listens, on the port it had before. */
    public void comeBack() {
        channels = group();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .channelGroup(channels)
                .route(routes -> routes.ws("/{path}", this::talk))
                .bindNow(LIMIT);
        port = server.port();
    }

    private Publisher<Void> talk(WebsocketInbound in, WebsocketOutbound out) {
        Session session = new Session(Sinks.many().unicast().onBackpressureBuffer(), Sinks.one());
        sessions.add(session);
        in.receiveCloseStatus().subscribe(status -> closeCodes.add(status.code()));
        Mono<Void> reading = in.receive()
                .asString()
                .doOnNext(received::add)
                .map(answer)
                .filter(text -> !text.isEmpty())
                .doOnNext(text -> session.texts().tryEmitNext(text))
                .then();
        Mono<Void> ending = session.end().asMono().flatMap(end -> out.sendClose(end.code(), end.reason()));
        return Mono.firstWithSignal(
                        Mono.when(
                                reading,
                                out.sendString(Flux.from(session.texts().asFlux()))),
                        ending)
                .doFinally(signal -> sessions.remove(session));
    }

    @Override
    public void close() {
        goAway();
    }
}
