package io.headgate.samples.standalone.http;

import io.headgate.host.health.HealthRule;
import io.headgate.host.service.PluginHost;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The operator's HTTP: {@code /livez}, {@code /readyz}, {@code /status}, {@code /metrics}, {@code /diagnostics} and the status page at
 * {@code /}. Every request is a {@code GET} or {@code HEAD}; there is nothing that changes anything.
 */
public final class OperatorHttp {

    private static final String LIVE = "/livez";
    private static final String READY = "/readyz";
    private static final String STATUS = "/status";
    private static final String METRICS = "/metrics";
    private static final String DIAGNOSTICS = "/diagnostics";
    private static final int MOST_STREAMS = 32;
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final HttpOptions options;
    private final Access access;
    private final PageFiles page = new PageFiles();
    private final Scheduler worker = Schedulers.newBoundedElastic(2, 256, "headgate-http-worker", 60, true);
    private final Map<String, Supplier<Mono<Answer>>> answers;
    private final DiagnosticStream diagnostics;
    private final AtomicInteger streams = new AtomicInteger();

    /**
     * Makes one that does not listen yet.
     *
     * @param options where, and whom it answers
     * @param host what is told
     * @param rule when it is ready
     * @param registry what {@code /metrics} shows
     * @param startedAtMillis when this process began, in milliseconds since 1970-01-01T00:00Z
     */
    public OperatorHttp(
            HttpOptions options,
            PluginHost host,
            HealthRule rule,
            PrometheusMeterRegistry registry,
            long startedAtMillis) {
        this.options = options;
        this.access = new Access(options);
        this.diagnostics = new DiagnosticStream(host, startedAtMillis);
        Endpoints endpoints = new Endpoints(host, rule, registry, worker);
        this.answers = Map.of(
                LIVE, endpoints::live,
                READY, endpoints::ready,
                STATUS, endpoints::status,
                METRICS, endpoints::metrics);
    }

    /**
     * Listens.
     *
     * @return what listens, to be disposed; fails where the port is taken
     */
    public Mono<DisposableServer> listen() {
        return HttpServer.create()
                .host(options.address())
                .port(options.port())
                .idleTimeout(IDLE)
                .requestTimeout(IDLE)
                .handle(this::handle)
                .bind()
                .map(DisposableServer.class::cast);
    }

    /** Ends what it works on. Not what listens. */
    public void dispose() {
        worker.dispose();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Safeguards.add(response.responseHeaders());
        String path = "/" + request.path();
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
            return send(response, Answer.refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD"));
        }
        Optional<Answer> refusal = isOpen(path) ? Optional.empty() : access.refusal(request.requestHeaders());
        if (refusal.isPresent()) {
            return send(response, refusal.get());
        }
        return path.equals(DIAGNOSTICS)
                ? stream(request, response)
                : answer(path).flatMap(answer -> send(response, answer));
    }

    /** What a probe asks, and what a browser needs to ask for the token: neither says anything of a service. */
    private boolean isOpen(String path) {
        return path.equals(LIVE) || path.equals(READY) || page.find(path).isPresent();
    }

    private Mono<Answer> answer(String path) {
        return page.find(path)
                .map(Mono::just)
                .or(() -> Optional.ofNullable(answers.get(path)).map(Supplier::get))
                .orElseGet(() -> Mono.just(Answer.refused(
                        HttpResponseStatus.NOT_FOUND,
                        "there is /, " + LIVE + ", " + READY + ", " + STATUS + ", " + METRICS + " and "
                                + DIAGNOSTICS)));
    }

    private Mono<Void> stream(HttpServerRequest request, HttpServerResponse response) {
        if (request.method().equals(HttpMethod.HEAD)) {
            return send(response, Answer.ok("text/event-stream", ""));
        }
        if (streams.incrementAndGet() > MOST_STREAMS) {
            streams.decrementAndGet();
            return send(
                    response,
                    Answer.refused(
                            HttpResponseStatus.SERVICE_UNAVAILABLE, MOST_STREAMS + " listen already: end one of them"));
        }
        String lastEventId = request.requestHeaders().get("Last-Event-ID", "");
        return response.sse()
                .sendString(diagnostics.after(lastEventId))
                .then()
                .doFinally(signal -> streams.decrementAndGet());
    }

    private static Mono<Void> send(HttpServerResponse response, Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        return response.status(answer.status())
                .header(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                .sendObject(Unpooled.wrappedBuffer(body))
                .then();
    }
}
