package io.headgate.host.ws.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.command.CommandCounts;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.EventCounts;
import io.headgate.host.ingress.Tally;
import io.headgate.host.service.FrameCounts;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.service.StopReport;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServicePlugin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * The whole host against a server nobody here wrote: RabbitMQ with Web STOMP (R1, R3, R5, R11). What the host counts is
 * reconciled with what the plugin saw and with what the broker counts.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
final class HostWithBrokerTest {

    private static final String MANIFEST = """
            version: 1
            id: test.stomp
            release: 1.0.0
            services:
              - name: bridge
                class: io.headgate.host.ws.broker.StompBridge
                connections:
                  - {name: broker, target: "${target}", access: [subscribe, send], subprotocols: [v12.stomp]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: test.stomp
                release: 1.0.0
                websocket:
                  - {target: "${target}", access: [subscribe, send], subprotocols: [v12.stomp]}
                limits: {queue-events: ${queue-events}}
                settings: {login: guest, passcode: guest, from: /queue/${from}, to: /queue/${to}, work: ${work}}
            """;

    /** Each way, before the first message: CONNECT and CONNECTED, SUBSCRIBE and its RECEIPT. */
    private static final int PREAMBLE = 2;
    /** The plugin's one, that it is subscribed. */
    private static final int REPORTS = 1;

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    @Container
    private static final RabbitBroker BROKER = new RabbitBroker();

    private final Set<Thread> threadsBefore = hostThreads();
    private final ReactorNettyDriver driver = ReactorNettyDriver.create();
    private final SeenEvents seen = new SeenEvents();
    private final BrokerTotals before = BROKER.totals();
    private PluginHost host;
    private String from;
    private String to;

    /** Invariants 2 and 7: every text and command is accounted for, and nothing is left. */
    @AfterEach
    void stop() {
        StepVerifier.create(host.stop(GRACE))
                .expectNext(StopReport.CLEAN)
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(driver.disposeLater()).expectComplete().verify(LIMIT);

        ServiceStatus status = status();
        assertThat(status.state()).isEqualTo(ServiceState.STOPPED);
        assertThat(status.events().conserved()).as("%s", status.events()).isTrue();
        assertThat(status.events().queued()).isEqualTo(Tally.ZERO);
        assertThat(status.events().discarded()).isEqualTo(Tally.ZERO);
        assertThat(status.commands().conserved()).as("%s", status.commands()).isTrue();
        assertThat(status.commands().inFlight()).isZero();
        assertThat(eventually(this::threadsLeft, List::isEmpty)).isEmpty();
        QueueDepth abandoned = new QueueDepth(0, 0, 0);
        assertThat(eventually(() -> BROKER.depth(from), abandoned::equals)).isEqualTo(abandoned);
    }

    @Test
    @DisplayName("A thousand messages that another client publishes are received and answered, each once, in order")
    void a_thousand_messages_are_received_and_answered() throws Exception {
        start("thousand", 1024, Duration.ZERO);
        int published = publish(1000);
        ServiceStatus status = settled(published);
        reconcile(status, published);

        assertThat(seen.messages()).hasSize(1000);
        assertThat(status.events().dropped()).isEqualTo(Tally.ZERO);
        assertThat(host.history()).noneMatch(Diagnostic.QueueOverflow.class::isInstance);
    }

    @Test
    @DisplayName("A burst overflows a slow plugin's queue of 100: the broker's count is received, the Gaps are dropped")
    void a_burst_overflows_the_queue_of_a_slow_plugin() throws Exception {
        start("burst", 100, Duration.ofMillis(5));
        int published = publish(2000);
        ServiceStatus status = settled(published);
        reconcile(status, published);

        assertThat(status.events().dropped().events()).isPositive();
        assertThat(host.history()).anyMatch(Diagnostic.QueueOverflow.class::isInstance);
    }

    /** Starts the host and waits until the broker has confirmed the plugin's subscription. */
    private void start(String name, int queueEvents, Duration work) {
        from = name + ".in";
        to = name + ".out";
        String target = BROKER.webStompUri().toString();
        String grants = GRANTS.replace("${target}", target)
                .replace("${queue-events}", Integer.toString(queueEvents))
                .replace("${from}", from)
                .replace("${to}", to)
                .replace("${work}", work.toString());
        Manifest manifest = Manifest.parse("plugin.yaml", MANIFEST.replace("${target}", target));
        ServicePlugin bridge = new StompBridge();
        host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", grants))
                .plugin(manifest, (events, context) -> bridge.handle(events.doOnNext(seen::add), context))
                .build();
        StepVerifier.create(host.start()).expectComplete().verify(LIMIT);
        ServiceStatus told =
                eventually(this::status, status -> !status.reported().isEmpty());
        assertThat(told.reported()).isEqualTo("OK: " + StompBridge.SUBSCRIBED);
    }

    /** Publishes as another client does, while the host runs; counts what the broker confirmed. */
    private int publish(int count) throws IOException {
        try (StompPublisher other = StompPublisher.connect(BROKER)) {
            return other.publish("/queue/" + from, count, HostWithBrokerTest::body);
        }
    }

    /** How it is once all that was published is received, all that was received is seen, and all that was seen answered. */
    private ServiceStatus settled(int published) {
        eventually(this::status, status -> {
            EventCounts events = status.events();
            CommandCounts commands = status.commands();
            return events.received().events() == published + PREAMBLE
                    && events.delivered().events() + seen.missing() == published + PREAMBLE
                    && commands.issued() == seen.messages().size() + PREAMBLE + REPORTS
                    && commands.inFlight() == 0;
        });
        return status(); // not that of the last look, which may be older than what the plugin had seen by then
    }

    private void reconcile(ServiceStatus status, int published) throws IOException {
        int answered = seen.messages().size();
        BrokerTotals counted =
                eventually(() -> BROKER.totals().since(before), totals -> totals.received() == published + answered);
        QueueDepth copies = BROKER.depth(to);
        print(status, published, counted, copies);

        brokerAgrees(counted, published, answered);
        hostAgrees(status, published, answered);
        pluginAgrees(published, answered);
        assertThat(copies).isEqualTo(new QueueDepth(answered, 0, 0));
        assertThat(BROKER.depth(from)).isEqualTo(new QueueDepth(0, 0, 1));
        try (StompPublisher other = StompPublisher.connect(BROKER)) {
            assertThat(other.consume("/queue/" + to, answered)).isEqualTo(seen.messages());
        }
    }

    /** Only the publisher asks for receipts of its messages, and {@code ack:auto} acknowledges none. */
    private static void brokerAgrees(BrokerTotals counted, int published, int answered) {
        int both = published + answered;
        assertThat(counted).isEqualTo(new BrokerTotals(both, both, 0, published, published, 0, 0));
    }

    private void hostAgrees(ServiceStatus status, int published, int answered) {
        FrameCounts frames = status.connections().get(0).frames();
        EventCounts events = status.events();
        CommandCounts commands = status.commands();
        assertThat(frames.frames() - frames.pings() - frames.pongs()).isEqualTo(published + PREAMBLE);
        assertThat(events.received().events()).isEqualTo(published + PREAMBLE);
        assertThat(events.delivered().events()).isEqualTo(answered + PREAMBLE);
        assertThat(events.dropped().events()).isEqualTo(seen.missing());
        assertThat(events.gaps()).isEqualTo(seen.gaps().size());
        assertThat(commands.sent()).isEqualTo(answered + PREAMBLE);
        assertThat(commands.done()).isEqualTo(REPORTS);
        assertThat(commands.issued()).isEqualTo(answered + PREAMBLE + REPORTS);
    }

    private void pluginAgrees(int published, int answered) {
        assertThat(answered + seen.missing()).isEqualTo(published);
        assertThat(seen.messages()).isEqualTo(seen.messagesByCount(HostWithBrokerTest::body));
        assertThat(seen.controls())
                .singleElement()
                .isInstanceOfSatisfying(
                        IngressEvent.Opened.class,
                        opened -> assertThat(opened.subprotocol()).isEqualTo("v12.stomp"));
    }

    private void print(ServiceStatus status, int published, BrokerTotals counted, QueueDepth copies) {
        EventCounts events = status.events();
        System.out.println("broker: published=" + published
                + " delivered=" + counted.delivered()
                + ", host: received=" + (events.received().events() - PREAMBLE)
                + " delivered=" + (events.delivered().events() - PREAMBLE)
                + " dropped=" + events.dropped().events()
                + ", plugin: messages=" + seen.messages().size()
                + " gaps=" + seen.gaps().size()
                + " missing=" + seen.missing()
                + ", answers: sent=" + (status.commands().sent() - PREAMBLE)
                + " in /queue/" + to + "=" + copies.ready());
    }

    /** More bytes than characters. */
    private static String body(long number) {
        return "čислo " + number;
    }

    private ServiceStatus status() {
        return host.status().services().get(0);
    }

    private static Set<Thread> hostThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("headgate-"))
                .collect(Collectors.toSet());
    }

    private List<String> threadsLeft() {
        return hostThreads().stream()
                .filter(thread -> !threadsBefore.contains(thread))
                .map(Thread::getName)
                .toList();
    }

    /** Looks until it sees what is wanted; after {@link #LIMIT} it gives the last look, for an assertion to show. */
    private static <T> T eventually(Callable<T> look, Predicate<T> wanted) {
        return Mono.fromCallable(look)
                .subscribeOn(Schedulers.boundedElastic())
                .repeatWhen(looked -> looked.delayElements(BETWEEN_LOOKS))
                .takeUntil(wanted)
                .take(LIMIT)
                .blockLast();
    }
}
