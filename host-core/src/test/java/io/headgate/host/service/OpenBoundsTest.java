package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.Rule;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** R10: how many connections a plugin opens under patterns, and how often: two at once, three URIs in 10 s. */
final class OpenBoundsTest {

    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", """
            version: 1
            id: p
            release: 1.0.0
            services:
              - name: s
                class: test.S
                connections:
                  - {name: fixed, target: "wss://fixed.example.com/", access: [subscribe]}
                  - {name: a, target: "wss://*.shards.example.com/**", access: [subscribe]}
                  - {name: b, target: "wss://*.shards.example.com/**", access: [subscribe]}
                  - {name: c, target: "wss://*.shards.example.com/**", access: [subscribe]}
            """);
    private static final String FIXED = """
            version: 1
            grants:
              - plugin: p
                websocket:
                  - {target: "wss://fixed.example.com/", access: [subscribe]}
            """;
    private static final String GRANTS = FIXED + """
                  - {target: "wss://*.shards.example.com/**", access: [subscribe]}
                reconnect: {policy: manual}
                limits: {opens: {at-once: 2, budget: 3/10s}}
            """;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InMemoryDriver driver = InMemoryDriver.on(time);
    private final List<CommandOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Sinks.Many<OutputCommand> commands = Sinks.many().unicast().onBackpressureBuffer();
    private final PluginHost host = PluginHost.builder()
            .driver(driver)
            .grants(GrantFile.parse("grants.yaml", GRANTS))
            .plugin(MANIFEST, (events, context) -> Flux.merge(events.thenMany(Flux.empty()), commands.asFlux()))
            .schedulers(time, name -> time)
            .audited((command, outcome) -> outcomes.add(outcome))
            .build();

    @AfterEach
    void stop() {
        host.stop(Duration.ZERO).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
        time.dispose();
    }

    @Test
    @DisplayName(
            "as many connections under patterns are dialled or open as may be; one that is down has given its place back")
    void bounds_how_many_at_once() {
        start();

        InMemoryPeer first = open("a", 1);
        dial("b", 2);
        issue(OutputCommand.open("c", uri(3)));
        assertThat(lastRule()).isEqualTo("too-many-open");
        assertThat(state("c")).isEqualTo(ConnectionState.DOWN);

        first.close(1000, "");
        time.advanceTime();
        dial("c", 3);

        issue(OutputCommand.reconnect("a"));
        assertThat(lastRule()).isEqualTo("too-many-open");
    }

    @Test
    void a_dial_that_fails_gives_its_place_back() {
        start();
        for (int connection = 0; connection < 3; connection++) {
            dial("a", connection);
            driver.peer("a").refuse(503);
            time.advanceTime();
        }

        assertThat(outcomes).extracting(CommandOutcome::rule).containsOnly("");
    }

    @Test
    @DisplayName(
            "no more URIs are opened in a period than the budget has; what is refused for another reason takes none of it")
    void bounds_how_often() {
        start();
        issue(OutputCommand.open("a", "wss://elsewhere.example.org/"));
        assertThat(lastRule()).isEqualTo("target-not-declared");

        for (int round = 0; round < 3; round++) {
            open("a", round).close(1000, "");
            time.advanceTime();
        }
        issue(OutputCommand.open("a", uri(4)));
        assertThat(lastRule()).isEqualTo("over-open-budget");
        issue(OutputCommand.open("b", uri(4)));
        assertThat(lastRule()).isEqualTo("over-open-budget");

        time.advanceTimeBy(Duration.ofSeconds(10));
        dial("b", 4);
        assertThat(host.status().services().get(0).commands().refusedBy())
                .containsEntry(Rule.OVER_OPEN_BUDGET, 2L)
                .containsEntry(Rule.TARGET_NOT_DECLARED, 1L);
    }

    @Test
    @DisplayName("opening again where it is open already is refused without taking of the budget")
    void an_open_of_what_is_open_takes_nothing() {
        start();
        open("a", 1);
        for (int again = 0; again < 5; again++) {
            issue(OutputCommand.open("a", uri(2)));
            assertThat(lastRule()).isEqualTo("already-connected");
        }

        dial("b", 2);
    }

    @Test
    @DisplayName("a connection that is denied keeps its place: what gives it back to the plugin dials it again")
    void a_denied_one_keeps_its_place() {
        start();
        open("a", 1);
        open("b", 2);
        host.grants(GrantFile.parse("grants.yaml", FIXED)).subscribe();
        time.advanceTime();
        assertThat(state("a")).isEqualTo(ConnectionState.DENIED);

        host.grants(GrantFile.parse("grants.yaml", GRANTS)).subscribe();
        time.advanceTime();
        assertThat(state("a")).isEqualTo(ConnectionState.CONNECTING);
        assertThat(state("b")).isEqualTo(ConnectionState.CONNECTING);

        issue(OutputCommand.open("c", uri(3)));
        assertThat(lastRule()).isEqualTo("too-many-open");
    }

    @Test
    @DisplayName("a connection that is declared by a URI needs no place")
    void a_declared_uri_needs_no_place() {
        start();
        open("a", 1);
        open("b", 2);
        driver.peer("fixed").accept().close(1000, "");
        time.advanceTime();

        issue(OutputCommand.reconnect("fixed"));

        assertThat(state("fixed")).isEqualTo(ConnectionState.CONNECTING);
    }

    private void start() {
        host.start().subscribe();
        time.advanceTime();
    }

    private InMemoryPeer open(String connection, int shard) {
        dial(connection, shard);
        InMemoryPeer peer = driver.peer(connection).accept();
        time.advanceTime();
        assertThat(state(connection)).isEqualTo(ConnectionState.OPEN);
        return peer;
    }

    private void dial(String connection, int shard) {
        issue(OutputCommand.open(connection, uri(shard)));
        assertThat(lastRule()).isEmpty();
        assertThat(state(connection)).isEqualTo(ConnectionState.CONNECTING);
    }

    private static String uri(int shard) {
        return "wss://s" + shard + ".shards.example.com/";
    }

    private void issue(OutputCommand command) {
        commands.tryEmitNext(command).orThrow();
        time.advanceTime();
    }

    private String lastRule() {
        return outcomes.get(outcomes.size() - 1).rule();
    }

    private ConnectionState state(String connection) {
        return host.status().services().get(0).connections().stream()
                .filter(each -> each.connection().equals(connection))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
