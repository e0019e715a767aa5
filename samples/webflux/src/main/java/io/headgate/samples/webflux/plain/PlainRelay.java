package io.headgate.samples.webflux.plain;

import io.headgate.host.json.MessageJson;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** The plugin and its HTTP: {@code GET /events} streams what happens, {@code POST /messages/chat} sends the body on {@code chat}. */
final class PlainRelay implements ServicePlugin {

    private static final int BOUND = 256;
    private static final int LARGEST = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Sinks.Many<String> events = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<CommandOutcome> outcomes = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<OutputCommand> commands = Sinks.many().multicast().onBackpressureBuffer(BOUND, false);
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> in, ServiceContext context) {
        // Both sinks have nobody to lose anything for: their subscribers ask for all, and bound it themselves.
        Mono<Void> told = in.doOnNext(event -> events.tryEmitNext(MessageJson.write(event)))
                .then();
        Flux<OutputCommand> answered =
                context.outcomes().doOnNext(outcomes::tryEmitNext).thenMany(Flux.empty());
        return Flux.merge(answered, commands.asFlux()).takeUntilOther(told);
    }

    /** One event loop, so one command is issued at a time. */
    HttpServer server(LoopResources oneLoop) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(oneLoop)
                .route(routes -> routes.get("/events", this::stream).post("/messages/{connection}", this::send));
    }

    private Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response) {
        Flux<String> bounded = events.asFlux()
                .onBackpressureBuffer(BOUND, old -> dropped.incrementAndGet(), BufferOverflowStrategy.DROP_OLDEST);
        return response.sse()
                .sendString(bounded.map(json -> "data: " + json + "\n\n").startWith(":\n\n"));
    }

    private Publisher<Void> send(HttpServerRequest request, HttpServerResponse response) {
        if (request.requestHeaders().getInt(HttpHeaderNames.CONTENT_LENGTH, LARGEST + 1) > LARGEST) {
            return response.status(413).send();
        }
        return request.receive()
                .aggregate()
                .asString()
                .flatMap(text -> issue(OutputCommand.sendText(String.valueOf(request.param("connection")), text)
                        .withId("call-" + calls.incrementAndGet())))
                .flatMap(outcome -> response.status(outcome.result() == Result.SENT ? 200 : 409)
                        .sendString(Mono.just(MessageJson.write(outcome)))
                        .then())
                .onErrorResume(failure -> response.status(503).send());
    }

    /** Fails where too many wait, or nobody knows in time. */
    private Mono<CommandOutcome> issue(OutputCommand command) {
        // In this order: who listens first misses nothing.
        return Flux.merge(
                        outcomes.asFlux().filter(outcome -> outcome.commandId().equals(command.id())),
                        Mono.fromRunnable(() -> commands.tryEmitNext(command).orThrow()))
                .next()
                .timeout(PATIENCE);
    }

    /** What slow streams lost. */
    long dropped() {
        return dropped.get();
    }
}
