package io.headgate.host.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.ConnectionDeclaration;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Grant;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.WebSocketGrant;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What stands between the end of an incarnation and the close of its exchanges, and a driver that does not keep its deadline. */
@Timeout(60)
final class ExchangeFenceTest {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Manifest MANIFEST = new Manifest(
            "p",
            "1",
            List.of(new ServiceDeclaration(
                    "s",
                    "C",
                    List.of(ConnectionDeclaration.of(
                            "c", "wss://c.example.com/", Set.of(Access.EXCHANGE), List.of())))));
    private static final Authority AUTHORITY = Authority.of(
            MANIFEST,
            MANIFEST.services().get(0),
            Grant.of("p", WebSocketGrant.of("wss://c.example.com/", Access.EXCHANGE)),
            1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InMemoryDriver driver = InMemoryDriver.on(time).onDial(InMemoryPeer::accept);
    private final List<PullWebSocket> opened = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private long incarnation = 1;

    @AfterEach
    void disposeOfTheClock() {
        time.dispose();
    }

    /** Its driver leaves a Close frame unanswered for an hour. */
    private Exchanges exchanges(LongSupplier current) {
        return new Exchanges(new ExchangeEnvironment(
                "p/s",
                () -> AUTHORITY,
                current,
                ExchangeSettings.defaults(),
                (spec, handler) -> driver.connect(
                        spec(spec.connection(), spec.target(), spec.terms(), Duration.ofHours(1)), handler),
                (connection, target, terms) -> spec(connection, target, terms, CLOSE_TIMEOUT),
                time,
                new DiagnosticLog(8),
                Schedulers::immediate));
    }

    private static ConnectionSpec spec(String connection, Target target, DialTerms terms, Duration closeTimeout) {
        return new ConnectionSpec("p/s", connection, target, terms, 1024, DialTimeouts.defaults(), closeTimeout);
    }

    private void open(Exchanges exchanges) {
        exchanges.open("c", 1).subscribe(opened::add, errors::add);
    }

    private List<String> rules() {
        return errors.stream().map(error -> ((PullException) error).rule()).toList();
    }

    @Test
    @DisplayName(
            "invariant 1: a text that waits when its incarnation ends does not leave, whoever closes the exchange and when")
    void a_text_of_an_ended_incarnation_does_not_leave() {
        Exchanges exchanges = exchanges(() -> incarnation);
        open(exchanges);
        InMemoryPeer peer = driver.peer("c").stall();
        opened.get(0).sendText("late").subscribe(done -> {}, errors::add);
        incarnation = 2;
        peer.resume();

        assertThat(peer.sent()).isEmpty();
        assertThat(rules()).containsExactly("incarnation-ended");
    }

    @Test
    @DisplayName("invariant 7: one that takes its place while its incarnation ends is not dialled")
    void one_that_comes_while_its_incarnation_ends_is_not_dialled() {
        long[] answers = {1, 2};
        int[] asked = {0};
        Exchanges exchanges = exchanges(() -> answers[Math.min(asked[0]++, 1)]);
        open(exchanges);

        assertThat(driver.dials()).isEmpty();
        assertThat(errors).singleElement().isInstanceOf(PullException.class);
        assertThat(exchanges.counts().open()).isZero();
        assertThat(exchanges.counts().conserved()).isTrue();
    }

    @Test
    @DisplayName("a dial that is accepted in the moment in which its grant is taken away holds up no acknowledgement")
    void one_that_is_accepted_while_it_is_given_up_is_over() {
        List<Authority> granted = new ArrayList<>(List.of(AUTHORITY));
        Exchanges exchanges = new Exchanges(new ExchangeEnvironment(
                "p/s",
                () -> granted.get(0),
                () -> incarnation,
                ExchangeSettings.defaults(),
                (spec, handler) -> Mono.<Void>never()
                        .doOnCancel(() -> driver.connect(spec, handler).subscribe()),
                (connection, target, terms) -> spec(connection, target, terms, CLOSE_TIMEOUT),
                time,
                new DiagnosticLog(8),
                Schedulers::immediate));
        open(exchanges);
        granted.set(0, Authority.of(MANIFEST, MANIFEST.services().get(0), null, 2));
        List<String> acknowledged = new ArrayList<>();
        exchanges.reconsider().subscribe(nothing -> {}, errors::add, () -> acknowledged.add("acknowledged"));
        time.advanceTimeBy(CLOSE_TIMEOUT.plusSeconds(1));

        assertThat(driver.dials()).hasSize(1);
        assertThat(driver.peer("c").sent()).isEmpty();
        assertThat(acknowledged).hasSize(1);
        assertThat(exchanges.counts().open()).isZero();
    }

    @Test
    @DisplayName("invariant 7: a socket that outlives its close deadline is cut")
    void a_socket_that_outlives_its_close_deadline_is_cut() {
        Exchanges exchanges = exchanges(() -> incarnation);
        open(exchanges);
        InMemoryPeer peer = driver.peer("c").ignoreClose();
        List<String> stopped = new ArrayList<>();
        exchanges.stop().subscribe(nothing -> {}, errors::add, () -> stopped.add("stopped"));
        time.advanceTimeBy(CLOSE_TIMEOUT.plusMillis(999));
        assertThat(peer.isGone()).isFalse();
        assertThat(stopped).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(peer.isGone()).isTrue();
        assertThat(stopped).containsExactly("stopped");
        assertThat(exchanges.counts().open()).isZero();
    }

    @Test
    @DisplayName("a recv may wait for as long as it likes: it ends with a text, or with the exchange's life")
    void a_recv_may_wait_for_as_long_as_it_likes() {
        Exchanges exchanges = exchanges(() -> incarnation);
        open(exchanges);
        PullWebSocket socket = opened.get(0);
        Duration forever = Duration.ofMillis(Long.MAX_VALUE);
        List<PulledText> got = new ArrayList<>();
        socket.recv(forever).subscribe(got::add, errors::add);
        driver.peer("c").text("answer");
        time.advanceTime();
        assertThat(got).hasSize(1);
        socket.recv(forever).subscribe(got::add, errors::add);
        time.advanceTimeBy(ExchangeSettings.defaults().life());

        assertThat(got).hasSize(1);
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        PullException.class, error -> assertThat(error.reason()).isEqualTo(Reason.EXPIRED));
    }
}
