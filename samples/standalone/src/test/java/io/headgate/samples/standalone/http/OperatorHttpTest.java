package io.headgate.samples.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.health.HealthRule;
import io.headgate.host.metrics.HostMetrics;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/** The operator's HTTP, asked by a client. */
@Timeout(60)
final class OperatorHttpTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String TOKEN = "0123456789abcdef";
    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", """
            version: 1
            id: p
            release: 1.0.0
            services:
              - name: s
                class: p.S
                connections:
                  - {name: c, target: "wss://example.com/", access: [subscribe]}
            """);

    private record Got(int status, Map<String, String> headers, String body) {}

    private final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());
    private final PluginHost host = PluginHost.builder()
            .driver(driver)
            .grants(new GrantFile(List.of()))
            .plugin(MANIFEST, (events, context) -> events.thenMany(Flux.never()))
            .build();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private OperatorHttp http;
    private DisposableServer server;

    private int listen(Optional<String> token) {
        new HostMetrics(host).bindTo(registry);
        http = new OperatorHttp(new HttpOptions("127.0.0.1", 0, token), host, HealthRule.defaults(), registry, 1_000);
        server = Objects.requireNonNull(http.listen().block(LIMIT));
        return server.port();
    }

    @AfterEach
    void stop() {
        host.stop(Duration.ZERO).block(LIMIT);
        server.disposeNow(LIMIT);
        http.dispose();
    }

    private static Got get(int port, String path, Map<String, String> headers) {
        return ask(HttpMethod.GET, port, path, headers);
    }

    private static Got ask(HttpMethod method, int port, String path, Map<String, String> headers) {
        return Objects.requireNonNull(HttpClient.newConnection()
                .headers(all -> headers.forEach(all::set))
                .request(method)
                .uri("http://127.0.0.1:" + port + path)
                .responseSingle((response, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Got(
                                response.status().code(),
                                Map.of(
                                        "csp", response.responseHeaders().get("Content-Security-Policy", ""),
                                        "type", response.responseHeaders().get("Content-Type", ""),
                                        "allow", response.responseHeaders().get("Allow", "")),
                                text)))
                .block(LIMIT));
    }

    @Test
    void saysWhetherItIsReady() {
        int port = listen(Optional.empty());
        assertThat(get(port, "/livez", Map.of()))
                .extracting(Got::status, Got::body)
                .containsExactly(200, "live\n");
        assertThat(get(port, "/readyz", Map.of()))
                .extracting(Got::status, Got::body)
                .containsExactly(503, "not-ready\n");
    }

    @Test
    @DisplayName(
            "status and metrics agree on what is denied, the metrics within the second for which they read one status")
    void toldAlike() {
        host.start().block(LIMIT);
        int port = listen(Optional.empty());
        Got status =
                await(() -> get(port, "/status", Map.of()), got -> got.body().contains("\"state\":\"denied\""));
        Got metrics = await(
                () -> get(port, "/metrics", Map.of()),
                got -> got.body().contains("headgate_connections{plugin=\"p\",service=\"s\",state=\"denied\"} 1.0"));

        assertThat(status.headers()).containsEntry("type", "application/json; charset=utf-8");
        assertThat(JsonMapper.shared()
                        .readTree(status.body())
                        .at("/health/readiness")
                        .asString())
                .isEqualTo("not-ready");
        assertThat(metrics.body()).contains("headgate_readiness{readiness=\"not-ready\"} 1.0");
    }

    private static Got await(Supplier<Got> asked, Predicate<Got> expected) {
        return Objects.requireNonNull(Mono.fromSupplier(asked)
                .subscribeOn(Schedulers.boundedElastic())
                .repeat()
                .delayElements(Duration.ofMillis(20))
                .filter(expected)
                .blockFirst(LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/page.css", "/icon.svg", "/status", "/nowhere", "/livez"})
    void everyAnswerIsSafeguarded(String path) {
        int port = listen(Optional.empty());
        assertThat(get(port, path, Map.of()).headers().get("csp"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/../../etc/passwd", "/page/index.html", "/%2e%2e/pom.xml", "/page.js%00"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(get(listen(Optional.empty()), path, Map.of()).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void nothingCanBeChanged(String method) {
        Got got = ask(HttpMethod.valueOf(method), listen(Optional.empty()), "/status", Map.of());
        assertThat(got.status()).isEqualTo(405);
        assertThat(got.headers()).containsEntry("allow", "GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/metrics", "/diagnostics", "/"})
    void aHeadHasNoBody(String path) {
        Got got = ask(HttpMethod.HEAD, listen(Optional.empty()), path, Map.of());
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:9464",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                ""
            })
    @DisplayName("without a token, a page whose name was made to lead here is told nothing")
    void rebinding(String name) {
        int port = listen(Optional.empty());
        assertThat(get(port, "/status", Map.of("Host", name)).status()).isIn(400, 421);
        assertThat(get(port, "/diagnostics", Map.of("Host", name)).status()).isIn(400, 421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9464", "127.0.0.1", "127.0.0.1:1", "[::1]:9464"})
    void thisMachineByItsNames(String name) {
        assertThat(get(listen(Optional.empty()), "/status", Map.of("Host", name))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "with a token, it is needed for all that says anything, and for no probe nor the page that asks for it")
    void token() {
        int port = listen(Optional.of(TOKEN));
        for (String path : List.of("/status", "/status/", "/metrics", "/diagnostics", "/nowhere")) {
            assertThat(get(port, path, Map.of()).status()).as(path).isEqualTo(401);
            assertThat(get(port, path, Map.of("Authorization", "Bearer 0123456789abcdeF"))
                            .status())
                    .isEqualTo(401);
            assertThat(get(port, path, Map.of("Authorization", "bearer" + TOKEN))
                            .status())
                    .isEqualTo(401);
            assertThat(get(port, path, Map.of("Authorization", "")).status()).isEqualTo(401);
        }
        assertThat(get(port, "/status", Map.of("Authorization", "Bearer " + TOKEN, "Host", "host.example.com"))
                        .status())
                .isEqualTo(200);
        assertThat(get(port, "/readyz", Map.of()).body()).isEqualTo("not-ready\n");
        assertThat(get(port, "/", Map.of()).status()).isEqualTo(200);
    }

    private static Flux<String> events(int port, String lastEventId) {
        return HttpClient.newConnection()
                .headers(headers -> headers.set("Last-Event-ID", lastEventId))
                .get()
                .uri("http://127.0.0.1:" + port + "/diagnostics")
                .responseContent()
                .asString()
                .flatMapIterable(text -> List.of(text.split("\n")))
                .filter(line -> line.startsWith("id: "));
    }

    @Test
    @DisplayName("a listener goes on where it left off; one with an id of an earlier process begins anew")
    void resumes() {
        host.start().block(LIMIT);
        int port = listen(Optional.empty());
        assertThat(events(port, "").take(3).collectList().block(LIMIT))
                .containsExactly("id: 1000-1", "id: 1000-2", "id: 1000-3");
        assertThat(events(port, "1000-2").blockFirst(LIMIT)).isEqualTo("id: 1000-3");
        assertThat(events(port, "999-2").blockFirst(LIMIT)).isEqualTo("id: 1000-1");
        assertThat(events(port, "1000-999999999999999999999").blockFirst(LIMIT)).isEqualTo("id: 1000-1");
    }

    @Test
    void aStreamEndsWithTheHost() {
        host.start().block(LIMIT);
        int port = listen(Optional.empty());
        Flux<String> events = events(port, "").replay().autoConnect();
        events.blockFirst(LIMIT);
        host.stop(Duration.ZERO).block(LIMIT);

        assertThat(events.blockLast(LIMIT)).startsWith("id: 1000-");
    }
}
