package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The application as it is run, on a free port, with a manifest and grants of the test's. One at a time: Spring ends Reactor Netty's global
 * event loops with the application, and with them whoever else listens on them.
 */
final class RunningSample implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final ParameterizedTypeReference<Map<String, Object>> BODY = new ParameterizedTypeReference<>() {};
    private static final String MANIFEST = """
            version: 1
            id: sample.relay
            release: 1.0.0
            services:
              - name: relay
                class: io.headgate.samples.webflux.Relay
                connections:
            """;

    private final ConfigurableApplicationContext context;
    private final int port;

    private RunningSample(ConfigurableApplicationContext context) {
        this.context = context;
        this.port =
                ((ReactiveWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** A connection of the plugin, and what its grant says: in YAML, behind the target. */
    record Link(String name, String target, String grant) {

        private String declared() {
            return "      - {name: " + name + ", target: \"" + target + "\", access: [subscribe, send]}\n";
        }

        private String granted() {
            return "      - {target: \"" + target + "\", addresses: loopback, " + grant + "}\n";
        }
    }

    static RunningSample start(Path folder, List<Link> links, String more, Class<?> beans, String... properties) {
        StringBuilder manifest = new StringBuilder(MANIFEST);
        StringBuilder grants =
                new StringBuilder("version: 1\ngrants:\n  - plugin: sample.relay\n" + more + "    websocket:\n");
        links.forEach(link -> {
            manifest.append(link.declared());
            grants.append(link.granted());
        });
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("spring.main.banner-mode=off");
        all.add("logging.level.root=WARN");
        all.add("logging.level." + Call.class.getName() + "=INFO");
        all.add("server.port=0");
        all.add("headgate.manifest="
                + write(folder.resolve("plugin.yaml"), manifest).toUri());
        all.add("headgate.grants=" + write(folder.resolve("grants.yaml"), grants));
        return new RunningSample(new SpringApplicationBuilder(WebfluxSample.class, beans)
                .run(all.stream().map(each -> "--" + each).toArray(String[]::new)));
    }

    private static Path write(Path file, CharSequence text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl(base())
                .responseTimeout(LIMIT)
                .build();
    }

    WebTestClient.ResponseSpec post(String connection, String text) {
        return http().post()
                .uri("/messages")
                .bodyValue(new Message(connection, text))
                .exchange();
    }

    /** The body of an answer that says what was wrong. */
    static Map<String, Object> problem(WebTestClient.ResponseSpec response, int status) {
        response.expectStatus().isEqualTo(status);
        response.expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        return body(response);
    }

    static Map<String, Object> body(WebTestClient.ResponseSpec response) {
        return Objects.requireNonNull(response.expectBody(BODY).returnResult().getResponseBody());
    }

    PluginHost host() {
        return context.getBean(PluginHost.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ServiceStatus service() {
        return host().status().services().get(0);
    }

    ConnectionStatus connection(String name) {
        return service().connections().stream()
                .filter(each -> each.connection().equals(name))
                .findFirst()
                .orElseThrow();
    }

    RunningSample awaitOpen(String... names) {
        for (String name : names) {
            await(() -> connection(name).state() == ConnectionState.OPEN);
        }
        return this;
    }

    /** Waits for a state, and fails where it does not come. */
    static void await(BooleanSupplier so) {
        Boolean was = Flux.interval(Duration.ZERO, Duration.ofMillis(20), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .map(tick -> so.getAsBoolean())
                .takeUntil(is -> is)
                .blockLast(LIMIT);
        assertThat(was).isTrue();
    }

    @Override
    public void close() {
        context.close();
    }
}
