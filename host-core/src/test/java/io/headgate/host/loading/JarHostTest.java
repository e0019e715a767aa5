package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A plugin from a jar in a host: what runs, and that nothing runs of what the grant does not name. */
@Timeout(120)
final class JarHostTest {

    private static final String DIGEST = "    digest: .*\n";

    private static PluginJar echo() {
        return JarKit.plugin("test.Echo")
                .source("test.Echo", """
                        public class Echo implements EventHandler {
                            static { note("initialised"); }
                            public Echo() { note("made"); }
                            public Publisher<OutputCommand> on(IngressEvent event) {
                                return event instanceof IngressEvent.Text text ? Mono.just(text.reply(text.text())) : Mono.empty();
                            }
                            %s
                        }
                        """.formatted(JarHost.NOTES))
                .jar();
    }

    @Test
    void a_granted_jar_runs() {
        PluginJar jar = echo();
        try (JarHost host = new JarHost(jar)) {
            assertThat(host.notes).as("before the start").isEmpty();
            host.driver.onDial(InMemoryPeer::accept);
            host.start().until(() -> host.connection() == ConnectionState.OPEN);
            host.driver.peer("chat").text("hello");
            host.until(() -> host.driver.peer("chat").sent().contains("hello"));

            assertThat(host.notes).containsExactly("initialised", "made");
            assertThat(host.stop().retained()).isEmpty();
        }
    }

    static Stream<Arguments> refused() {
        PluginJar jar = echo();
        String granted = JarKit.grants(jar);
        String other = "digest: sha256:" + "0".repeat(64);
        return Stream.of(
                Arguments.of(
                        "no digest",
                        granted.replaceAll(DIGEST, ""),
                        "digest-not-granted: the grant of test.plugin names no jar; if this jar is the one you mean, write `digest: "
                                + jar.digest() + "` in the grant of test.plugin"),
                Arguments.of(
                        "another digest",
                        granted.replaceAll(DIGEST, "    " + other + "\n"),
                        "digest-not-granted: the grant of test.plugin is for another jar; if this jar is the one you mean, write `digest: "
                                + jar.digest() + "`"),
                Arguments.of(
                        "another release",
                        granted.replace("release: 1.0.0", "release: 1.0.1"),
                        "plugin-not-granted: the grant of test.plugin is for release 1.0.1"),
                Arguments.of(
                        "no grant",
                        "version: 1\ngrants: []\n",
                        "plugin-not-granted: no grant names the plugin test.plugin"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void nothing_runs_of_a_jar_that_is_not_granted(String what, String grants, String expected) {
        try (JarHost host = new JarHost(echo(), grants, builder -> builder)) {
            host.start().until(ServiceState.FAILED);
            host.stop();

            assertThat(host.notes).isEmpty();
            assertThat(host.driver.dials()).isEmpty();
            assertThat(host.life().restarts()).isZero();
            assertThat(host.life().lastFailure()).startsWith("the plugin was not loaded: refused by " + expected);
            assertThat(host.told(Diagnostic.ServiceChanged.class))
                    .last()
                    .satisfies(told -> assertThat(told.message()).contains(expected, "a restart would change nothing"));
        }
    }

    @Test
    void a_class_that_is_not_there_fails_its_service_at_once() {
        try (JarHost host = new JarHost(JarKit.plugin("test.Missing").jar())) {
            host.start().until(ServiceState.FAILED);

            assertThat(host.life().lastFailure())
                    .isEqualTo(
                            "the plugin was not loaded: service bridge of test.plugin: class test.Missing is not in the jar");
            assertThat(host.life().restarts()).isZero();
        }
    }

    @Test
    void a_grant_for_a_jar_gives_nothing_to_what_the_application_made() {
        PluginJar jar = echo();
        InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", JarKit.grants(jar)))
                .plugin(jar.manifest(), (events, context) -> events.thenMany(Flux.empty()))
                .build();
        host.start().block(JarHost.SOON);
        Flux.interval(Duration.ofMillis(5))
                .filter(look ->
                        host.status().services().get(0).connections().get(0).state() == ConnectionState.DENIED)
                .next()
                .block(JarHost.SOON);

        assertThat(driver.dials()).isEmpty();
        assertThat(host.history().toString())
                .contains(
                        "digest-not-granted: the grant of test.plugin is for a jar, and the plugin was not loaded from one");
        host.stop(Duration.ZERO).block(JarHost.SOON);
    }

    @Test
    void a_plugin_is_added_once() {
        PluginJar jar = echo();

        assertThatThrownBy(() -> PluginHost.builder().jar(jar).jar(jar))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("plugin test.plugin was added before");
    }

    @Test
    void a_neighbour_runs_on_beside_a_refused_one() {
        PluginJar jar = echo();
        String both = JarKit.grants(jar).replaceAll(DIGEST, "")
                + JarKit.grants(jar)
                        .replaceFirst("(?s)version.*grants:\n", "")
                        .replace("test.plugin", "test.other")
                        .replaceAll(DIGEST, "");
        JarHost host = new JarHost(
                jar,
                both,
                builder -> builder.plugin(
                        Manifest.parse(
                                "other.yaml",
                                new String(jar.contents().find(PluginJar.MANIFEST), StandardCharsets.UTF_8)
                                        .replace("test.plugin", "test.other")),
                        (events, context) -> events.thenMany(Flux.empty())));
        try (host) {
            host.start().until(ServiceState.FAILED);
            host.until(() -> host.host.status().services().get(1).life().state() == ServiceState.RUNNING);
            assertThat(host.host.status().services()).hasSize(2);
        }
    }
}
