package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.JarDigest;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.TargetException;
import io.headgate.host.authority.TargetPattern;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.service.ConnectionStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Invariant 1, attacked by who one claims to be, and by what a name stands for. */
final class IdentityAttacksTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InMemoryDriver driver = InMemoryDriver.on(time);

    private static Flux<OutputCommand> listening(Flux<IngressEvent> events, ServiceContext context) {
        return events.thenMany(Flux.empty());
    }

    @Test
    @DisplayName("Take a granted plugin's id in another case, beside it in one host")
    void anIdInAnotherCase() {
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", Attacked.GRANTS))
                .plugin(Manifest.parse("plugin.yaml", Attacked.MANIFEST), IdentityAttacksTest::listening)
                .plugin(
                        Manifest.parse("evil.yaml", Attacked.MANIFEST.replace("test.plugin", "Test.Plugin")),
                        IdentityAttacksTest::listening)
                .schedulers(time, name -> time)
                .build();
        host.start().subscribe();
        time.advanceTime();

        assertThat(driver.dials()).allMatch(peer -> peer.spec().service().equals("test.plugin/bridge"));
        assertThat(host.status().services().get(1).connections())
                .extracting(ConnectionStatus::state)
                .containsExactly(ConnectionState.DENIED, ConnectionState.DENIED, ConnectionState.DOWN);
        host.stop(Duration.ZERO).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "test\u2024plugin",
                "te\u0455t.plugin",
                "test.plug\u0131n",
                "\uff54est.plugin",
                "test.plugin\u200b"
            })
    @DisplayName("Take an id that looks like a granted one, or becomes it when it is folded")
    void anIdThatLooksTheSame(String id) {
        assertThatThrownBy(() -> Manifest.parse("plugin.yaml", Attacked.MANIFEST.replace("test.plugin", id)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("plugin.yaml:2:5: id: expected a name");
        assertThatThrownBy(() -> GrantFile.parse("grants.yaml", Attacked.GRANTS.replace("test.plugin", id)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("grants.yaml:3:13: grants[0].plugin: expected a name");
    }

    @Test
    @DisplayName("Have two grants for one plugin in a file, so that it gets the sum, or the wider one")
    void twoGrants() {
        String second =
                "  - plugin: test.plugin\n    websocket:\n      - {target: \"wss://evil.example.com/\", access: [send]}\n";
        assertThatThrownBy(() -> GrantFile.parse("grants.yaml", Attacked.GRANTS + second))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("plugin: \"test.plugin\" is there twice");
    }

    @Test
    @DisplayName("Use, as one service, a connection that only the plugin's other service declares")
    void theConnectionOfASibling() {
        String manifest = """
                version: 1
                id: test.plugin
                release: 1.0.0
                services:
                  - {name: quiet, class: test.Quiet, connections: [{name: own, target: "wss://feed.example.com/", access: [subscribe]}]}
                  - {name: loud, class: test.Loud, connections: [{name: chat, target: "wss://chat.example.com/v1", access: [subscribe, send]}]}
                """;
        List<String> rules = new ArrayList<>();
        List<Throwable> errors = new ArrayList<>();
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", Attacked.GRANTS))
                .plugin(
                        Manifest.parse("plugin.yaml", manifest),
                        Map.of("loud", IdentityAttacksTest::listening, "quiet", (events, context) -> {
                            context.outcomes().subscribe(outcome -> rules.add(outcome.rule()));
                            context.exchange("chat").subscribe(opened -> {}, errors::add);
                            return Flux.merge(
                                    events.thenMany(Flux.empty()),
                                    Flux.just(
                                            OutputCommand.sendText("chat", "x"),
                                            OutputCommand.open("chat", "wss://chat.example.com/v1"),
                                            OutputCommand.close("chat", 1000, "")));
                        }))
                .schedulers(time, name -> time)
                .build();
        host.start().subscribe();
        time.advanceTime();
        driver.peer("chat").accept();
        time.advanceTime();

        assertThat(rules).hasSize(3).containsOnly("connection-not-declared");
        assertThat(errors).singleElement().asString().contains("connection-not-declared");
        assertThat(driver.peer("chat").sent()).isEmpty();
        assertThat(driver.peer("chat").closeSent()).isEmpty();
        assertThat(driver.dials()).hasSize(2);
        host.stop(Duration.ZERO).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("Write a digest in upper case, or with signs that only look like digits: it is one jar's or none's")
    void aDigestInAnotherSpelling() {
        String digits = "ab".repeat(32);
        assertThat(JarDigest.parse("sha256:" + digits.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(JarDigest.parse("sha256:" + digits));
        for (String odd : List.of(
                "SHA256:" + digits,
                "sha256: " + digits,
                "sha256:" + digits.substring(1) + "\uff41",
                "sha256:" + digits.substring(1) + "\u0661",
                "sha256:" + digits + "\\n",
                "sha1:" + digits)) {
            String grants = Attacked.GRANTS.replace(
                    "    release: 1.0.0\n", "    release: 1.0.0\n    digest: \"" + odd + "\"\n");
            assertThatThrownBy(() -> GrantFile.parse("grants.yaml", grants))
                    .as(odd)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("grants[0].digest: expected sha256: and 64 hexadecimal digits");
        }
    }

    @ParameterizedTest(name = "*.{0}")
    @ValueSource(
            strings = {
                "\u516c\u53f8.cn",
                "xn--55qx5d.cn",
                "\u516c\u53f8\u3002cn",
                "CO.UK.",
                "\uff27ithub.io",
                "kobe.jp",
                "foo.ck"
            })
    @DisplayName("Have any name under a public suffix granted, with the suffix spelled so that no list knows it")
    void aPublicSuffixInAnotherSpelling(String suffix) {
        assertThatThrownBy(() -> TargetPattern.parse("wss://*." + suffix + "/")).isInstanceOf(TargetException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"'1.0.0 '", "1.0.0\u200b", "\"1.0.0\\n\"", "'1.0.\u0660'", "1.0.0 # and any later", "'*'"})
    @DisplayName("Pin a release in a spelling that another one would slip through")
    void aReleaseInAnotherSpelling(String release) {
        String grants = Attacked.GRANTS.replace("release: 1.0.0", "release: " + release);
        try (Attacked host = new Attacked(Attacked.MANIFEST.replace("release: 1.0.0", "release: 1.0.0-evil"), grants)) {
            assertThat(host.driver.dials()).isEmpty();
        } catch (ConfigurationException refused) {
            assertThat(refused).hasMessageContaining("release");
        }
    }
}
