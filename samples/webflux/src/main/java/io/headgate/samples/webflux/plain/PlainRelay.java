package io.headgate.samples.webflux.plain;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static reactor.core.publisher.BufferOverflowStrategy.DROP_OLDEST;

import io.headgate.host.json.MessageJson;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The plugin and its HTTP: {@code GET /events} streams what happens, {@code POST /messages/chat} sends the body on {@code chat}. */
final class PlainRelay implements ServicePlugin {

    private static final int BOUND = 256;
    private static final int LARGEST = 64 * 1024;

    /** What slow streams lost. */
    final AtomicLong dropped = new AtomicLong();
    /** Nobody to lose anything for: its subscribers ask for all, and bound it themselves. */
    private final Sinks.Many<String> events = Sinks.many().multicast().directBestEffort();

    private final Sinks.Many<OutputCommand> commands = Sinks.many().multicast().onBackpressureBuffer(BOUND, false);
    private volatile Flux<CommandOutcome> outcomes = Flux.never();

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> in, ServiceContext context) {
        outcomes = context.outcomes();
        Flux<String> told = in.map(MessageJson::write).doOnNext(events::tryEmitNext);
        return commands.asFlux().takeUntilOther(told.then());
    }

    /** On a server with one event loop, so that one command is issued at a time. */
    HttpServer on(HttpServer server) {
        return server.route(routes -> routes.get("/events", this::stream).post("/messages/{connection}", this::send));
    }

    private Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response) {
        Flux<String> told = events.asFlux().onBackpressureBuffer(BOUND, old -> dropped.incrementAndGet(), DROP_OLDEST);
        Flux<String> lines = told.map(json -> "data: " + json + "\n\n");
        return response.sse().sendString(lines.startWith(":\n\n"));
    }

    private Publisher<Void> send(HttpServerRequest request, HttpServerResponse response) {
        if (request.requestHeaders().getInt(CONTENT_LENGTH, LARGEST + 1) > LARGEST) {
            return response.status(413).send();
        }
        String connection = String.valueOf(request.param("connection"));
        Mono<String> text = request.receive().aggregate().asString();
        return text.flatMap(said -> issue(request.requestId(), OutputCommand.sendText(connection, said)))
                .flatMap(made -> response.status(made.result() == Result.SENT ? 200 : 409)
                        .sendString(Mono.just(MessageJson.write(made)))
                        .then())
                .onErrorResume(failure -> response.status(503).send());
    }

    /** Fails where too many wait, or nobody knows in time. In this order: who listens first misses nothing. */
    private Mono<CommandOutcome> issue(String id, OutputCommand command) {
        return outcomes.filter(outcome -> outcome.commandId().equals(id))
                .mergeWith(Mono.fromRunnable(
                        () -> commands.tryEmitNext(command.withId(id)).orThrow()))
                .next()
                .timeout(Duration.ofSeconds(10));
    }
}
