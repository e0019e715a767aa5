package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.transport.test.InMemoryDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A watched grant file: what it says counts, and what cannot be used changes nothing. */
final class GrantWatchTest {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NONE = "version: 1\ngrants: []\n";
    private static final String ONE = "version: 1\ngrants: [{plugin: one}]\n";

    @TempDir
    Path folder;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final DiagnosticLog log = new DiagnosticLog(16);
    private final List<GrantFile> taken = new ArrayList<>();
    private final Sinks.Empty<Void> stopped = Sinks.empty();
    private Path file = Path.of("");
    private Mono<Void> acknowledgement = Mono.empty();

    @BeforeEach
    void watch() throws IOException {
        file = folder.resolve("grants.yaml");
        says(NONE);
        new GrantWatch(file, GrantFile.read(file), EVERY, time, Schedulers.immediate(), log)
                .start(
                        next -> {
                            taken.add(next);
                            return acknowledgement;
                        },
                        stopped.asMono());
    }

    @AfterEach
    void stop() {
        stopped.tryEmitEmpty();
        time.dispose();
    }

    private void says(String text) throws IOException {
        Files.writeString(file, text);
    }

    private void look() {
        time.advanceTimeBy(EVERY);
    }

    private List<String> told() {
        return log.history().stream().map(Diagnostic::message).toList();
    }

    @Test
    void two_looks_in_a_row_that_find_the_same_change_count() throws IOException {
        look();
        look();
        says(ONE);
        look();
        assertThat(taken).isEmpty();
        look();
        look();

        assertThat(taken).containsExactly(GrantFile.parse("", ONE));
    }

    @Test
    void a_file_that_is_just_being_written_is_waited_for() throws IOException {
        says("version: 1\ngrants: [{plugin: one}, {plugin: two}]\n");
        look();
        says("version: 1\ngrants: [{plugin: one}, {plugin: two}, {plugin: three}]\n");
        look();
        assertThat(taken).isEmpty();
        look();

        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).grants()).hasSize(3);
    }

    @Test
    void a_secret_that_is_replaced_counts_as_a_change_of_the_file_and_one_that_is_gone_changes_nothing()
            throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "s3cret-1\n");
        says(
                "version: 1\ngrants: [{plugin: one, websocket: [{target: wss://h/, access: [subscribe], headers: {Key: '${file:"
                        + token + "}'}}]}]\n");
        look();
        look();
        Files.writeString(token, "s3cret-2\n");
        look();
        look();
        Files.delete(token);
        look();
        look();

        assertThat(taken).hasSize(2);
        assertThat(taken.get(1)
                        .grants()
                        .get(0)
                        .websocket()
                        .get(0)
                        .headers()
                        .get("Key")
                        .reveal())
                .isEqualTo("s3cret-2");
        assertThat(told())
                .singleElement()
                .asString()
                .contains("headers.Key: ${file:" + token + "} cannot be read: no such file")
                .doesNotContain("s3cret");
    }

    @Test
    void what_cannot_be_used_is_told_once_and_changes_nothing() throws IOException {
        says(ONE);
        look();
        look();
        says("version: 2\ngrants: [{plugin: one, color: red}]\n");
        look();
        look();
        look();
        assertThat(taken).hasSize(1);
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("the grant file is not usable, what was granted before still holds: ")
                .contains(file + ":1:10: version: ")
                .contains(file + ":2:24: grants[0]");
        Files.delete(file);
        look();
        look();
        assertThat(told()).hasSize(2);
        assertThat(told().get(1)).endsWith(file + ": cannot be read: no such file");
        says(NONE);
        look();
        look();

        assertThat(taken).containsExactly(GrantFile.parse("", ONE), GrantFile.parse("", NONE));
    }

    @Test
    void many_problems_are_cut_short() throws IOException {
        says("version: 1\ngrants: [{a: 1}, {b: 1}, {c: 1}, {d: 1}, {e: 1}, {f: 1}, {g: 1}]\n");
        look();
        look();

        assertThat(told()).singleElement().asString().endsWith(" more");
    }

    @Test
    void the_next_change_waits_for_the_last_acknowledgement() throws IOException {
        Sinks.Empty<Void> acknowledged = Sinks.empty();
        acknowledgement = acknowledged.asMono();
        says(ONE);
        look();
        look();
        says(NONE);
        look();
        look();
        assertThat(taken).hasSize(1);
        acknowledged.tryEmitEmpty();
        look();
        look();

        assertThat(taken).containsExactly(GrantFile.parse("", ONE), GrantFile.parse("", NONE));
    }

    @Test
    void it_ends_with_the_host() throws IOException {
        says(ONE);
        stopped.tryEmitEmpty();
        look();
        look();

        assertThat(taken).isEmpty();
    }

    @Test
    void a_host_that_is_started_twice_looks_once() throws IOException {
        PluginHost host = PluginHost.builder()
                .driver(InMemoryDriver.on(Schedulers.parallel()))
                .watchedGrants(file, Duration.ofMillis(10))
                .plugin(Manifest.parse("plugin.yaml", HostFixture.MANIFEST), (events, context) -> Flux.never())
                .build();
        try {
            host.start().block(PATIENCE);
            host.start().block(PATIENCE);
            for (int change = 1; change <= 5; change++) {
                says(change % 2 == 0 ? NONE : ONE);
                int replacements = change;
                Flux.interval(Duration.ofMillis(5))
                        .filter(tick -> replacements(host) >= replacements)
                        .blockFirst(PATIENCE);
            }

            assertThat(replacements(host)).isEqualTo(5);
        } finally {
            host.stop(Duration.ZERO).block(PATIENCE);
        }
    }

    private static long replacements(PluginHost host) {
        return host.history().stream()
                .filter(Diagnostic.AuthorityReplaced.class::isInstance)
                .count();
    }

    @Test
    void the_builder_reads_at_once_and_checks_the_interval() {
        assertThatThrownBy(() -> PluginHost.builder().watchedGrants(folder.resolve("none.yaml"), EVERY))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("none.yaml: cannot be read: no such file");
        assertThatThrownBy(() -> PluginHost.builder().watchedGrants(file, Duration.ofMillis(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every must be from 10 ms to 1 day, is PT0.009S");
    }
}
