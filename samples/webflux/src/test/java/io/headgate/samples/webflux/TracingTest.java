package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Hooks;

/** How far a trace goes. */
final class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    /** Keeps what is sampled, in place of a collector. */
    static final class Spans extends SpanHandler {

        private final Queue<MutableSpan> ended = new ConcurrentLinkedQueue<>();

        @Override
        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
            ended.add(span);
            return true;
        }

        List<MutableSpan> named(String name) {
            return ended.stream().filter(span -> name.equals(span.name())).toList();
        }

        MutableSpan awaited(String name) {
            RunningSample.await(() -> !named(name).isEmpty());
            return named(name).get(0);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Spans spans() {
            return new Spans();
        }
    }

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Call.class);

    @BeforeEach
    void listen() {
        log.list = Collections.synchronizedList(log.list);
        log.start();
    }

    @AfterEach
    void end() {
        logger.detachAppender(log);
        // The application's setting, which is the whole JVM's.
        Hooks.disableAutomaticContextPropagation();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "limited"})
    @DisplayName(
            "a call's trace goes on into the command and its outcome, in the log too; an event begins one of its own")
    void trace(String propagation, @TempDir Path folder) {
        Talker chat = new Talker();
        try (PeerServer server = PeerServer.start(chat);
                RunningSample sample = RunningSample.start(
                        folder,
                        List.of(new Link("chat", server.uri(), "access: [subscribe, send]")),
                        "",
                        Beans.class,
                        "spring.reactor.context-propagation=" + propagation)) {
            logger.addAppender(log);
            Spans spans = sample.awaitOpen("chat").bean(Spans.class);
            sample.http()
                    .post()
                    .uri("/messages")
                    .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                    .bodyValue(new Message("chat", "hello"))
                    .exchange()
                    .expectStatus()
                    .isOk();

            MutableSpan http = spans.awaited("http post /messages");
            MutableSpan command = spans.awaited("relay.message");
            assertThat(http.traceId()).isEqualTo(TRACE);
            assertThat(http.parentId()).isEqualTo(CALLER);
            assertThat(command.traceId()).isEqualTo(TRACE);
            assertThat(command.parentId()).isEqualTo(http.id());
            assertThat(command.tags()).containsEntry("result", "sent").containsEntry("connection", "chat");
            assertThat(log.list).singleElement().satisfies(line -> {
                assertThat(line.getMDCPropertyMap()).containsEntry("traceId", TRACE);
                assertThat(line.getMDCPropertyMap()).containsEntry("spanId", command.id());
            });

            MutableSpan event = spans.awaited("relay.event");
            assertThat(event.parentId()).isNull();
            assertThat(event.traceId()).isNotEqualTo(TRACE);
        }
    }
}
