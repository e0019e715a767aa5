package io.headgate.samples.quickstart;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.resources.LoopResources;

/** A chat gateway and a feed on a loopback port. It enforces its rules and counts by itself what it sends and receives. */
final class ChatGateway {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GatewayTally tally = new GatewayTally();
    private final Story story;
    private final LoopResources loops = LoopResources.create("chat-gateway", 1, true);

    private ChatGateway(Story story) {
        this.story = story;
    }

    /** A gateway that has begun to listen. */
    record Listening(ChatGateway gateway, DisposableServer server) {

        String base() {
            return "ws://127.0.0.1:" + server.port();
        }

        GatewayCounts counts() {
            return gateway.tally.counts();
        }

        /** Says nothing more to anyone; completes when all that was said has left. */
        Mono<Void> fallSilent() {
            return Mono.defer(() -> {
                gateway.tally.silent = true;
                return until(gateway.tally::nothingUndecided);
            });
        }

        /** Waits for the clients to go, for two seconds at most: only then are the counts final. */
        Mono<Void> everybodyGone() {
            return until(gateway.tally::nobodyThere);
        }

        /** Stops listening and ends the event loop, and with it whoever is still there. */
        Mono<Void> stop() {
            return Mono.<Void>fromRunnable(server::dispose)
                    .then(server.onDispose())
                    .then(gateway.loops.disposeLater(Duration.ZERO, PATIENCE));
        }
    }

    static Mono<Listening> listen(Story story) {
        return Mono.defer(() -> {
            ChatGateway gateway = new ChatGateway(story);
            return gateway.server().bind().map(server -> new Listening(gateway, server));
        });
    }

    private HttpServer server() {
        WebsocketServerSpec chatOnly =
                WebsocketServerSpec.builder().protocols(Chat.SUBPROTOCOL).build();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops, false)
                .route(routes -> routes.ws("/v1/gateway", (in, out) -> session(in, tally.chat, this::chat), chatOnly)
                        .ws("/v1/feed", (in, out) -> session(in, tally.feed, this::feed)));
    }

    /** What is done on a socket with the texts that arrive: it ends when they do. */
    private interface Play {
        Mono<Void> run(GatewaySocket socket, Flux<String> texts);
    }

    private Mono<Void> session(WebsocketInbound in, GatewayTally.Path path, Play play) {
        Flux<String> texts = in.aggregateFrames()
                .receiveFrames()
                .ofType(TextWebSocketFrame.class)
                .map(TextWebSocketFrame::text)
                .doOnNext(text -> path.received.incrementAndGet())
                // A client that goes without a Close frame has gone, too.
                .onErrorComplete();
        return channel(in)
                .flatMap(channel -> play.run(new GatewaySocket(channel, tally, path), texts))
                .doOnSubscribe(begin -> path.sessions.incrementAndGet())
                .doFinally(end -> path.sessions.decrementAndGet());
    }

    private static Mono<Channel> channel(WebsocketInbound in) {
        return Mono.create(sink -> in.withConnection(connection -> sink.success(connection.channel())));
    }

    private Mono<Void> chat(GatewaySocket socket, Flux<String> texts) {
        return new ChatSession(socket, tally, story).run(texts);
    }

    private Mono<Void> feed(GatewaySocket socket, Flux<String> texts) {
        return Flux.interval(Duration.ZERO, story.feed(), socket.loop())
                .doOnNext(line -> socket.send("line " + line + " of the feed"))
                .takeUntilOther(texts.doOnNext(text -> socket.close(4005, "subscribe only"))
                        .then())
                .then();
    }

    private static Mono<Void> until(BooleanSupplier settled) {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(10))
                .takeUntil(tick -> settled.getAsBoolean())
                .take(PATIENCE)
                .then();
    }
}
