package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ServiceState;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Invariant 6: a flood that no wire slows down. In virtual time, so without the brake these would never come back. */
@Timeout(20)
final class FloodBrakeTest {

    private static final Duration PERIOD = Duration.ofMillis(FloodBrake.PERIOD_MILLIS);

    private static Stream<OutputCommand> endInTheHost() {
        return Stream.of(
                OutputCommand.sendText("undeclared", "x"),
                OutputCommand.sendText("chat", "\ud800"),
                OutputCommand.reconnect("chat"),
                OutputCommand.reportStatus(Health.OK, "again"));
    }

    private static ServicePlugin flooding(OutputCommand command) {
        return (events, context) ->
                events.ofType(IngressEvent.Text.class).take(1).thenMany(Flux.generate(sink -> sink.next(command)));
    }

    @ParameterizedTest
    @MethodSource("endInTheHost")
    void a_flood_of_what_ends_in_the_host_is_slowed_down_and_counted(OutputCommand command) {
        try (HostFixture fixture = new HostFixture(flooding(command), settings -> settings)) {
            fixture.chat().text("go");
            fixture.tick();
            int window = CommandSettings.defaults().undecided();
            long first = fixture.commandCounts().issued();
            assertThat(first).isBetween(FloodBrake.BURST + 1L, (long) FloodBrake.BURST + window);
            assertThat(fixture.status().counts().commandsHeldBack()).isEqualTo(first - FloodBrake.BURST);

            fixture.after(PERIOD.minusMillis(1));
            assertThat(fixture.commandCounts().issued()).isEqualTo(first);
            fixture.after(Duration.ofMillis(1));
            assertThat(fixture.commandCounts().issued() - first)
                    .isBetween(FloodBrake.BURST + 1L, (long) FloodBrake.BURST + window);

            fixture.host.stop(Duration.ZERO).subscribe();
            fixture.tick().after(PERIOD);
            assertThat(fixture.status().state()).isEqualTo(ServiceState.STOPPED);
        }
    }

    @Test
    void what_is_held_back_late_in_a_period_waits_for_its_rest_only() {
        Sinks.Many<OutputCommand> reports = Sinks.many().unicast().onBackpressureBuffer();
        ServicePlugin reporting = (events, context) -> Flux.merge(events.thenMany(Flux.empty()), reports.asFlux());
        try (HostFixture fixture =
                new HostFixture(reporting, settings -> settings.withCommands(commands -> commands.withUndecided(1)))) {
            fixture.chat();
            for (int n = 0; n < FloodBrake.BURST; n++) {
                reports.tryEmitNext(OutputCommand.reportStatus(Health.OK, "x")).orThrow();
            }
            fixture.after(PERIOD.minusMillis(5));
            assertThat(fixture.commandCounts().done()).isEqualTo(FloodBrake.BURST);
            reports.tryEmitNext(OutputCommand.reportStatus(Health.OK, "x")).orThrow();
            reports.tryEmitNext(OutputCommand.reportStatus(Health.OK, "x")).orThrow();
            fixture.tick();
            assertThat(fixture.commandCounts().done()).isEqualTo(FloodBrake.BURST + 1);
            fixture.after(Duration.ofMillis(5));
            assertThat(fixture.commandCounts().done()).isEqualTo(FloodBrake.BURST + 2);
        }
    }

    @Test
    @DisplayName("what goes out is slowed down by its wire only")
    void texts_that_are_sent_are_not_held_back() {
        int many = 10 * FloodBrake.BURST;
        ServicePlugin talkative = (events, context) -> events.ofType(IngressEvent.Text.class)
                .take(1)
                .thenMany(Flux.range(1, many).map(n -> OutputCommand.sendText("chat", "x")));
        try (HostFixture fixture = new HostFixture(
                talkative,
                settings -> settings.withCommands(
                        commands -> commands.withUndecided(2 * many).withMailbox(2 * many, 1 << 20)))) {
            fixture.chat().text("go");
            fixture.tick();
            assertThat(fixture.commandCounts().sent()).isEqualTo(many);
            assertThat(fixture.status().counts().commandsHeldBack()).isZero();
        }
    }

    @Test
    @DisplayName("a handler may answer one event with more refused commands than the window holds")
    void a_burst_is_not_held_back() {
        ServicePlugin careless = ServicePlugin.perEvent(event -> event instanceof IngressEvent.Text
                ? Flux.range(0, FloodBrake.BURST).map(n -> OutputCommand.sendText("undeclared", "x"))
                : Flux.empty());
        try (HostFixture fixture =
                new HostFixture(careless, settings -> settings.withCommands(commands -> commands.withUndecided(8)))) {
            fixture.chat().text("a");
            fixture.tick();
            assertThat(fixture.commandCounts().denied()).isEqualTo(FloodBrake.BURST);
            assertThat(fixture.status().counts().commandsHeldBack()).isZero();
        }
    }
}
