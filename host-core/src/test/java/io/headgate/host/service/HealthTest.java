package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.health.HealthCause;
import io.headgate.host.health.HealthFinding;
import io.headgate.host.health.HealthReport;
import io.headgate.host.health.HealthRule;
import io.headgate.host.health.Readiness;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** What the rule makes of a host, in virtual time: R7. Of its connections, vault is not granted and shard never opened. */
final class HealthTest {

    private static final String NAME = "test.plugin/bridge";
    private static final String AGAIN = HostFixture.GRANTS
            .replace("reconnect: {policy: manual}", "reconnect: {policy: backoff, first: 1s, max: 1s}")
            .replace("    settings:", "    restart: {attempts: 1, first: 10s}\n    settings:");
    private static final String HOLDING = HostFixture.GRANTS.replace(
            "limits: {queue-events: 4, queue-bytes: 1KiB, message-bytes: 64}",
            "limits: {queue-events: 4, queue-bytes: 1KiB, message-bytes: 64, overflow: hold}");

    private static List<String> found(HostFixture fixture) {
        return report(fixture).findings().stream().map(HealthTest::line).toList();
    }

    private static HealthReport report(HostFixture fixture) {
        return HealthRule.defaults().of(fixture.host.status());
    }

    private static String line(HealthFinding finding) {
        return finding.cause() + " " + finding.connection();
    }

    private static HostFixture failing(String grants) {
        ServicePlugin failing = (events, context) ->
                events.thenMany(Flux.<OutputCommand>empty()).mergeWith(Flux.error(new RuntimeException()));
        return new HostFixture(failing, settings -> settings, grants);
    }

    @Test
    void a_host_that_was_not_started_is_not_ready() {
        try (HostFixture fixture = new HostFixture()) {
            assertThat(found(fixture)).containsExactly("NOT_STARTED ");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.NOT_READY);
        }
    }

    @Test
    @DisplayName("what is denied degrades a host that has other connections; what nobody opened is no fault")
    void one_of_three_is_denied() {
        try (HostFixture fixture = new HostFixture()) {
            fixture.chat();

            assertThat(found(fixture)).containsExactly("DENIED vault");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.DEGRADED);
            assertThat(report(fixture).findings().get(0).detail())
                    .contains("DENIED")
                    .contains("vault.example.com");
        }
    }

    @Test
    @DisplayName("a connection that is down degrades at once, and the last one that goes down is the end of readiness")
    void down() {
        try (HostFixture fixture = new HostFixture()) {
            InMemoryPeer chat = fixture.chat();
            InMemoryPeer feed = fixture.driver.peer("feed").accept("");
            fixture.after(Duration.ofSeconds(5));
            chat.close(4000, "bye");
            fixture.tick();
            assertThat(found(fixture)).containsExactly("DOWN chat", "DENIED vault");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.DEGRADED);

            feed.close(4000, "bye");
            fixture.tick();
            assertThat(found(fixture)).containsExactly("NO_CONNECTION ", "DOWN chat", "DOWN feed", "DENIED vault");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.NOT_READY);
            assertThat(report(fixture).findings().get(1))
                    .isEqualTo(new HealthFinding(
                            HealthCause.DOWN, NAME, "chat", fixture.nowMillis(), "closed with 4000 by PEER: bye"));
        }
    }

    @Test
    @DisplayName("one that is dialled again and again counts as without a session for all of that time")
    void late() {
        try (HostFixture fixture = new HostFixture(null, settings -> settings, AGAIN)) {
            InMemoryPeer peer = fixture.chat();
            fixture.after(Duration.ofSeconds(5));
            long lost = fixture.nowMillis();
            peer.close(1001, "bye");
            fixture.tick();
            fixture.after(Duration.ofSeconds(60));
            assertThat(fixture.connection("chat").attempts()).isGreaterThan(1);
            assertThat(found(fixture)).doesNotContain("LATE chat");

            fixture.after(Duration.ofMillis(1));
            assertThat(found(fixture)).contains("LATE chat");
            assertThat(fixture.connection("chat").sinceMillis()).isEqualTo(lost);

            fixture.driver.peer("chat").accept("chat.v1");
            fixture.tick();
            assertThat(found(fixture)).doesNotContain("LATE chat");
            assertThat(fixture.connection("chat").sinceMillis()).isEqualTo(fixture.nowMillis());
        }
    }

    @Test
    void held() {
        try (HostFixture fixture = new HostFixture(null, settings -> settings, HOLDING)) {
            fixture.taking = events -> events.delayElements(Duration.ofHours(1), fixture.time);
            fixture.after(Duration.ofSeconds(1));
            fixture.chat().close(4000, "earlier");
            fixture.tick();
            fixture.issue(OutputCommand.reconnect("chat"));
            InMemoryPeer peer = fixture.driver.peer("chat").accept("chat.v1");
            fixture.tick();
            for (int text = 0; text < 10; text++) {
                peer.text("x");
            }
            fixture.after(Duration.ofSeconds(10));
            assertThat(found(fixture)).doesNotContain("HELD chat");

            fixture.after(Duration.ofMillis(1));
            assertThat(found(fixture)).contains("HELD chat");
            assertThat(fixture.connection("chat").lastError()).contains("earlier");
            assertThat(report(fixture).findings())
                    .filteredOn(finding -> finding.cause() == HealthCause.HELD)
                    .extracting(HealthFinding::detail)
                    .as("what went wrong earlier is not why")
                    .containsExactly("");
        }
    }

    @Test
    @DisplayName("a plugin that takes no events is not ready, and the report says which it has in hand")
    void stalled() {
        try (HostFixture fixture = new HostFixture((events, context) -> Flux.never(), settings -> settings)) {
            fixture.start().after(Duration.ofSeconds(40));

            assertThat(found(fixture)).containsExactly("STALLED ");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.NOT_READY);
        }
    }

    @Test
    @DisplayName("what the plugin says of itself counts, until it says otherwise")
    void reported() {
        try (HostFixture fixture = new HostFixture()) {
            fixture.chat();
            fixture.issue(OutputCommand.reportStatus(Health.DEGRADED, "slow"));
            assertThat(found(fixture)).containsExactly("REPORTED_DEGRADED ", "DENIED vault");

            fixture.issue(OutputCommand.reportStatus(Health.FAILING, "no database"));
            assertThat(found(fixture)).containsExactly("REPORTED_FAILING ", "DENIED vault");
            assertThat(report(fixture).findings().get(0).detail()).isEqualTo("no database");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.NOT_READY);

            fixture.issue(OutputCommand.reportStatus(Health.OK, ""));
            assertThat(found(fixture)).containsExactly("DENIED vault");
        }
    }

    @Test
    @DisplayName("what an incarnation said that has ended says nothing of the next")
    void reported_by_an_ended_incarnation() {
        ServicePlugin failing = (events, context) -> events.thenMany(Flux.<OutputCommand>empty())
                .mergeWith(Flux.concat(
                        Flux.just(OutputCommand.reportStatus(Health.FAILING, "no database")),
                        Flux.<OutputCommand>error(new IllegalStateException())
                                .delaySubscription(Duration.ofSeconds(1), context.scheduler())));
        try (HostFixture fixture = new HostFixture(failing, settings -> settings, AGAIN)) {
            fixture.start();
            assertThat(found(fixture)).contains("REPORTED_FAILING ");
            fixture.after(Duration.ofSeconds(2));

            assertThat(found(fixture)).contains("RESTARTING ").doesNotContain("REPORTED_FAILING ");
        }
    }

    @Test
    void restarting_and_failed() {
        try (HostFixture fixture = failing(AGAIN)) {
            fixture.start();
            assertThat(found(fixture)).startsWith("RESTARTING ");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.DEGRADED);
            fixture.after(Duration.ofSeconds(20));

            assertThat(found(fixture)).startsWith("FAILED ");
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.NOT_READY);
            assertThat(report(fixture).findings().get(0).detail()).contains("RuntimeException");
        }
    }

    @Test
    @DisplayName("a plugin that has done what there was to do is no fault; one that is stopped is not ready")
    void finished_and_stopped() {
        try (HostFixture fixture = new HostFixture((events, context) -> Flux.empty(), settings -> settings)) {
            fixture.start();
            assertThat(report(fixture).readiness()).isEqualTo(Readiness.READY);
        }
        try (HostFixture fixture = new HostFixture()) {
            fixture.chat();
            fixture.host.stop(Duration.ZERO).subscribe();
            fixture.after(Duration.ofMinutes(1));
            assertThat(found(fixture)).containsExactly("STOPPING ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S"})
    void boundsAreChecked(Duration bound) {
        assertThatThrownBy(() -> HealthRule.defaults().withLate(bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("late must be from 1 ms to 1 day, is " + bound);
        assertThatThrownBy(() -> HealthRule.defaults().withHeld(bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("held must be from 1 ms to 1 day, is " + bound);
    }
}
