package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.loading.JarBounds;
import io.headgate.host.loading.JarKit;
import io.headgate.host.loading.PluginJar;
import io.headgate.host.service.LifeStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.transport.test.InMemoryDriver;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Attacks by way of a jar: code that runs, or rights that are asked for, which its grant does not name. */
@Timeout(180)
final class JarAttacksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RAN = "headgate.attack.ran";
    private static final String WIDER = """
            version: 1
            id: test.plugin
            release: 1.0.0
            services: [{name: bridge, class: test.Bridge, connections: [{name: evil, target: "wss://evil.example.com/", access: [send]}]}]
            """;

    private final InMemoryDriver driver = InMemoryDriver.on(Schedulers.parallel());

    @AfterEach
    void forget() {
        System.clearProperty(RAN);
    }

    /** A plugin that says that it ran, as often as it is composed, and fails each time. */
    private static JarKit failing() {
        return JarKit.plugin("test.Failing").source("test.Failing", """
                public class Failing implements ServicePlugin {
                    static { Integer.getInteger("%1$s"); }
                    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
                        System.setProperty("%1$s", String.valueOf(Integer.getInteger("%1$s", 0) + 1));
                        return Flux.error(new IllegalStateException("again"));
                    }
                }
                """.formatted(RAN));
    }

    private static int ran() {
        return Integer.getInteger(RAN, 0);
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ZERO, Duration.ofMillis(5))
                .filter(look -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    private static LifeStatus life(PluginHost host) {
        return host.status().services().get(0).life();
    }

    private static PluginJar jarOf(JarKit kit) {
        return PluginJar.of("plugin.jar", kit.bytes(), JarBounds.defaults());
    }

    @Test
    @DisplayName("Fail in order to be composed again, after the operator has pinned another jar")
    void composedAgainAfterTheDigestChanged() {
        PluginJar jar = failing().jar();
        String restarting = JarKit.grants(jar) + "    restart: {first: 300ms, max: 300ms, attempts: 1000}\n";
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", restarting))
                .jar(jar)
                .build();
        host.start().block(PATIENCE);
        await(() -> ran() >= 1);
        host.grants(GrantFile.parse(
                        "grants.yaml", restarting.replaceAll("digest: .*", "digest: sha256:" + "0".repeat(64))))
                .block(PATIENCE);
        await(() -> life(host).state() == ServiceState.FAILED);
        int before = ran();
        assertThat(life(host).lastFailure()).contains("digest-not-granted");
        host.stop(Duration.ZERO).block(PATIENCE);
        assertThat(ran()).isEqualTo(before);
        assertThat(driver.dials()).noneMatch(peer -> !peer.isGone());
    }

    @Test
    @DisplayName("Pin the jar in upper case: it is the same jar, and no other")
    void aDigestInUpperCase() {
        PluginJar jar = failing().jar();
        String upper = JarKit.grants(jar)
                .replace(jar.digest().sha256(), jar.digest().sha256().toUpperCase(Locale.ROOT));
        PluginHost host = PluginHost.builder()
                .driver(driver)
                .grants(GrantFile.parse("grants.yaml", upper))
                .jar(failing().file("one-file-more", "x").jar())
                .build();
        host.start().block(PATIENCE);
        await(() -> life(host).state() == ServiceState.FAILED);
        assertThat(life(host).lastFailure()).contains("digest-not-granted");
        host.stop(Duration.ZERO).block(PATIENCE);
        assertThat(ran()).isZero();
        assertThat(driver.dials()).isEmpty();
    }

    @Test
    @DisplayName("Bring a second manifest for the Java that runs, in a jar of many releases, however it is spelled")
    void aManifestOfAnotherRelease() {
        for (String versions : new String[] {"META-INF/versions/9/", "META-INF/versions/17/", "meta-inf/versions/9/"}) {
            PluginJar jar = jarOf(JarKit.plugin("test.Bridge")
                    .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n")
                    .file(versions + PluginJar.MANIFEST, WIDER));
            assertThat(jar.manifest().services().get(0).connections())
                    .as(versions)
                    .singleElement()
                    .satisfies(connection -> assertThat(connection.name()).isEqualTo("chat"));
        }
    }

    @Test
    @DisplayName("Bring a second manifest behind the first, as another document of the same file")
    void aSecondDocument() {
        JarKit kit = JarKit.plugin("test.Bridge");
        kit.file(PluginJar.MANIFEST, WIDER + "---\n" + WIDER);
        assertThatThrownBy(() -> jarOf(kit))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("plugin.jar!/" + PluginJar.MANIFEST + ":6:1: ")
                .hasMessageContaining("a second one");
    }

    @Test
    @DisplayName("Bring the manifest in another case only, which some readers would find and others not")
    void aManifestInAnotherCase() {
        JarKit kit = JarKit.plugin("test.Bridge").file("META-INF/headgate/Plugin.yaml", WIDER);
        assertThatThrownBy(() -> jarOf(kit))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("some file systems take it for");
    }
}
