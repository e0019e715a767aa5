package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Invariant 1, attacked by way of exchanges: a socket beside the ones that are watched. */
final class ExchangeAttacksTest {

    private static final String WITHOUT_LOGIN =
            Attacked.GRANTS.replaceAll("      - .target: \"wss://login[^\n]*\n", "");

    private final AtomicLong clockOff = new AtomicLong();
    private final List<PullWebSocket> open = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private Attacked host = new Attacked(Attacked.MANIFEST, Attacked.GRANTS, null, SetBack::new);

    @AfterEach
    void stop() {
        host.close();
    }

    private void ask(String connection) {
        host.context().exchange(connection).subscribe(open::add, errors::add);
        host.tick();
    }

    private InMemoryPeer opened(String subprotocol) {
        ask("login");
        return host.accepted("login", subprotocol);
    }

    private void assertRefused(String rule) {
        assertThat(errors)
                .last()
                .isInstanceOfSatisfying(
                        PullException.class,
                        refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    @Test
    @DisplayName(
            "Hand a text to a slow socket, fail, and have it leave after the grant was taken from the incarnation that follows")
    void whatAPastIncarnationHandedOver() {
        InMemoryPeer peer = opened("ticket.v1");
        peer.lag().ignoreClose();
        open.get(0).sendText("handed over").subscribe(nothing -> {}, errors::add);
        host.tick();
        host.output.tryEmitError(new IllegalStateException("on purpose")).orThrow();
        host.tick();
        assertThat(peer.isGone()).as("it is being closed").isFalse();
        host.grant(WITHOUT_LOGIN);

        assertThat(host.acknowledged).isTrue();
        peer.resume();
        host.tick();
        assertThat(peer.isGone()).isTrue();
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    @DisplayName("Go on in an exchange whose subprotocol is not granted any more, as another one still is")
    void theSubprotocolIsTaken() {
        InMemoryPeer peer = opened("ticket.v1");
        host.grant(Attacked.GRANTS.replace("[ticket.v1, ticket.v2]", "[ticket.v2]"));
        open.get(0).sendText("in the wrong protocol").subscribe(nothing -> {}, errors::add);
        host.tick();

        assertThat(host.acknowledged).isTrue();
        assertThat(peer.isGone()).isTrue();
        assertThat(peer.sent()).isEmpty();
        assertThat(errors).singleElement().asString().contains("subprotocol-not-granted");
    }

    @Test
    @DisplayName(
            "Keep an exchange that speaks what is still granted: other subprotocols that come and go do not end it")
    void otherSubprotocolsDisturbNothing() {
        InMemoryPeer peer = opened("ticket.v2");
        host.grant(Attacked.GRANTS.replace("[ticket.v1, ticket.v2]", "[ticket.v2]"))
                .grant(Attacked.GRANTS);
        assertThat(peer.isGone()).isFalse();
    }

    @Test
    @DisplayName("Subscribe again, after the grant was taken, to the answer that opened an exchange before")
    void theSameAnswerTwice() {
        Mono<PullWebSocket> answer = host.context().exchange("login");
        answer.subscribe(open::add, errors::add);
        host.tick();
        host.accepted("login", "ticket.v1");
        host.grant(WITHOUT_LOGIN);
        answer.subscribe(open::add, errors::add);
        host.tick();

        assertThat(open).hasSize(1);
        assertRefused("target-not-granted");
        assertThat(host.dials("login")).isEqualTo(1);
        assertThat(host.exchanges().asked()).isEqualTo(2);
        assertThat(host.exchanges().refused()).isEqualTo(1);
    }

    @Test
    @DisplayName("Ask a megabyte of control characters and overrides for an exchange, to forge or flood the report")
    void aForgedName() {
        ask("login\n12:00 INFO all is well\u202e\u0007".repeat(30_000));

        assertRefused("connection-not-declared");
        assertThat(host.told(Diagnostic.ExchangeRefused.class)).singleElement().satisfies(told -> {
            assertThat(told.connection()).hasSizeLessThanOrEqualTo(257);
            assertThat(told.connection() + told.message())
                    .matches("\\P{Cntrl}*")
                    .doesNotContain("\u202e");
            assertThat(told.message()).hasSizeLessThan(600);
        });
        assertThat(host.driver.dials())
                .noneMatch(peer -> peer.spec().connection().startsWith("login"));
    }

    @Test
    @DisplayName("Set the clock back an hour, so that no refusal is told until it is where it was")
    void aClockThatIsSetBack() {
        ask("feed");
        clockOff.addAndGet(-Duration.ofHours(1).toMillis());
        ask("feed");
        ask("feed");

        assertThat(host.exchanges().refused()).isEqualTo(3);
        assertThat(host.told(Diagnostic.ExchangeRefused.class))
                .as("one before, and one of two within a second")
                .hasSize(2);
    }

    @Test
    @DisplayName("Open an exchange within the grace of a stop, with the grant given anew meanwhile")
    void withinTheGrace() {
        host.finishes = false;
        host.host.stop(Duration.ofSeconds(30)).subscribe();
        host.grant(Attacked.NONE).grant(Attacked.GRANTS);
        ask("login");

        assertRefused("service-stopping");
        assertThat(host.dials("login")).isZero();
    }

    @Test
    @DisplayName("Ask for an exchange on the very target of an open session that has no exchange access")
    void besideAnOpenSession() {
        host.accepted("chat");
        ask("chat");

        assertRefused("access-not-declared");
        assertThat(host.dials("chat")).isEqualTo(1);
        assertThat(host.exchanges().refused()).isEqualTo(1);
    }

    /** A clock that can be set back; the timer goes on. */
    private final class SetBack implements Scheduler {

        private final Scheduler timer;

        SetBack(Scheduler timer) {
            this.timer = timer;
        }

        @Override
        public long now(TimeUnit unit) {
            return timer.now(unit) + unit.convert(clockOff.get(), TimeUnit.MILLISECONDS);
        }

        @Override
        public Disposable schedule(Runnable task) {
            return timer.schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return timer.schedule(task, delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            return timer.schedulePeriodically(task, initialDelay, period, unit);
        }

        @Override
        public Worker createWorker() {
            return timer.createWorker();
        }
    }
}
