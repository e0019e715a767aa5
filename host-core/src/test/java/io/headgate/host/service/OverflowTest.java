package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Grant;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.command.OpenTokens;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.IngressLane;
import io.headgate.host.ingress.LaneBounds;
import io.headgate.host.ingress.LaneConnection;
import io.headgate.host.ingress.LaneListener;
import io.headgate.host.ingress.Overflow;
import io.headgate.host.ingress.OverflowPolicy;
import io.headgate.host.ingress.Tally;
import io.headgate.host.recording.ServiceRecorder;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R3, R10, invariants 2 to 4: what a host does with a flood, by policy; its queue holds four texts. */
@Timeout(20)
final class OverflowTest {

    private static HostFixture with(String limits) {
        HostFixture fixture = new HostFixture(
                null,
                settings -> settings,
                HostFixture.GRANTS.replace("message-bytes: 64}", "message-bytes: 64, " + limits + "}"));
        // One event a second.
        fixture.taking = events -> events.concatMap(
                event -> Mono.delay(Duration.ofSeconds(1), fixture.time).thenReturn(event), 0);
        return fixture;
    }

    private static InMemoryPeer open(HostFixture fixture) {
        InMemoryPeer peer = fixture.chat();
        fixture.after(Duration.ofMinutes(1));
        fixture.seen.clear();
        return peer;
    }

    private static void flood(InMemoryPeer peer, int texts) {
        for (int n = 1; n <= texts; n++) {
            peer.text("t" + n);
        }
    }

    private static List<String> texts(HostFixture fixture) {
        return fixture.seen(IngressEvent.Text.class, "chat").stream()
                .map(IngressEvent.Text::text)
                .toList();
    }

    @Test
    void close_drops_the_rest_of_the_session_and_closes_it() {
        try (HostFixture fixture = with("overflow: close")) {
            InMemoryPeer peer = open(fixture).ignoreClose();
            flood(peer, 20);
            fixture.tick();
            peer.text("while closing");
            assertThat(peer.closeSent()).contains(new Frame.Close(1008, "queue overflow", Initiator.HOST));
            peer.close(1008, "queue overflow");
            fixture.after(Duration.ofMinutes(1));

            assertThat(texts(fixture)).containsExactly("t1", "t2", "t3", "t4", "t5");
            assertThat(fixture.seen.stream().skip(5).map(IngressEvent::getClass))
                    .containsExactly(
                            IngressEvent.Gap.class, IngressEvent.Closed.class, IngressEvent.ReconnectNeeded.class);
            assertThat(fixture.seen(IngressEvent.Gap.class, "chat"))
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.count()).isEqualTo(16));
            assertThat(fixture.seen(IngressEvent.Closed.class, "chat"))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.initiator()).isEqualTo(Initiator.HOST))
                    .satisfies(closed -> assertThat(closed.code()).isEqualTo(1008));
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.DOWN);
            assertThat(fixture.connection("chat").events().drops())
                    .containsOnlyKeys(DropReason.QUEUE_EVENTS, DropReason.OVERFLOW_CLOSE)
                    .containsEntry(DropReason.QUEUE_EVENTS, new Tally(1, 2));
        }
    }

    @Test
    void close_tells_the_operator_which_bound_bit() {
        try (HostFixture fixture = with("overflow: close")) {
            flood(open(fixture), 20);
            assertThat(fixture.told(Diagnostic.QueueOverflow.class))
                    .singleElement()
                    .satisfies(told -> assertThat(told.reason()).isEqualTo(DropReason.QUEUE_EVENTS))
                    .satisfies(told -> assertThat(told.policy()).isEqualTo(OverflowPolicy.CLOSE))
                    .satisfies(told -> assertThat(told.message())
                            .isEqualTo("the queue is full (queue-events) and drops what comes, and the session is"
                                    + " closed; make the plugin faster, or raise limits.queue-events in the grant"));
        }
    }

    @Test
    void after_a_close_by_overflow_the_next_session_is_taken_again() {
        try (HostFixture fixture = with("overflow: close")) {
            flood(open(fixture), 20);
            fixture.after(Duration.ofMinutes(1));
            fixture.issue(OutputCommand.reconnect("chat"));
            InMemoryPeer second = fixture.driver.peer("chat").accept("chat.v1");
            fixture.tick();
            second.text("again");
            fixture.after(Duration.ofMinutes(1));

            assertThat(texts(fixture)).contains("again");
            assertThat(second.closeSent()).isEmpty();
            assertThat(fixture.connection("chat").state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    @Test
    void an_overflow_told_late_closes_no_later_session() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        InMemoryDriver driver = InMemoryDriver.on(time);
        HostedConnection connection = connection(time, driver);
        connection
                .life((living, session) ->
                        session.frames().transform(living.pipeline(session)).then())
                .subscribe();
        InMemoryPeer peer = driver.peer("chat").accept("chat.v1");
        time.advanceTime();

        LaneWatch watch = new LaneWatch(name -> connection, Hold.defaults());
        watch.overflow(overflow(connection.epoch() - 1));
        watch.heldTooLong("chat", connection.epoch() - 1);
        assertThat(peer.closeSent()).isEmpty();
        watch.overflow(overflow(connection.epoch()));
        assertThat(peer.closeSent()).isPresent();
        connection.stop().subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
        time.dispose();
    }

    private static Overflow overflow(long epoch) {
        return new Overflow("chat", epoch, 0, DropReason.QUEUE_EVENTS, OverflowPolicy.CLOSE);
    }

    private static HostedConnection connection(Scheduler time, InMemoryDriver driver) {
        Manifest manifest = Manifest.parse("plugin.yaml", HostFixture.MANIFEST);
        Grant grant = GrantFile.parse("grants.yaml", HostFixture.GRANTS)
                .grantFor(manifest.id())
                .orElseThrow();
        Authority authority = Authority.of(manifest, manifest.services().get(0), grant, 1);
        ServiceEnvironment service = new ServiceEnvironment(
                "test",
                () -> authority,
                grant.limits(),
                grant.restart(),
                grant.reconnect(),
                grant.liveness(),
                HostSettings.defaults(),
                HostSettings.defaults().commands().mailbox(1),
                new OpenTokens(time, grant.limits().opens()),
                driver,
                time,
                new DiagnosticLog(10),
                ServiceRecorder.OFF,
                OutcomeListener.NONE,
                () -> 0);
        LaneBounds bounds = new LaneBounds(4, 1_000, OverflowPolicy.CLOSE);
        LaneConnection lane = new IngressLane(bounds, LaneListener.NONE).connection("chat");
        return new HostedConnection("chat", service, () -> 1, new ConnectionReporter("chat", service, lane));
    }

    @Test
    void drop_oldest_delivers_the_last_text_of_a_flood() {
        try (HostFixture fixture = with("overflow: drop-oldest")) {
            InMemoryPeer peer = open(fixture);
            flood(peer, 20);
            fixture.after(Duration.ofMinutes(1));

            assertThat(texts(fixture)).containsExactly("t1", "t17", "t18", "t19", "t20");
            assertThat(fixture.seen(IngressEvent.Gap.class, "chat"))
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.count()).isEqualTo(15));
            assertThat(fixture.told(Diagnostic.QueueOverflow.class))
                    .singleElement()
                    .satisfies(
                            told -> assertThat(told.message()).contains("(queue-events) and drops the oldest texts"));
        }
    }

    @Test
    void a_noisy_connection_leaves_the_share_of_a_quiet_one() {
        try (HostFixture fixture = with("connection-share: 50%")) {
            InMemoryPeer quiet = fixture.start().driver.peer("feed").accept();
            InMemoryPeer noisy = open(fixture);
            flood(noisy, 20);
            quiet.text("quiet");
            fixture.after(Duration.ofMinutes(1));

            assertThat(fixture.seen(IngressEvent.Text.class, "feed")).hasSize(1);
            assertThat(texts(fixture)).containsExactly("t1", "t2", "t3");
            assertThat(fixture.connection("chat").events().drops()).containsOnlyKeys(DropReason.CONNECTION_SHARE);
            assertThat(fixture.told(Diagnostic.QueueOverflow.class))
                    .singleElement()
                    .satisfies(told -> assertThat(told.message()).contains("raise limits.connection-share"));
        }
    }
}
