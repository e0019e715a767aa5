package io.headgate.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import io.headgate.plugin.test.PluginHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** The bot by itself: no host, no network, and an hour takes as long as its events do. */
final class ChatBotTest {

    private static final String TOKEN = "the token";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Duration INTERVAL = Duration.ofMillis(41_250);

    private final Gateway gateway = new Gateway(TOKEN, INTERVAL, Duration.ofMillis(1));

    private static PluginHarness harness(ServicePlugin bot) {
        return PluginHarness.of(bot, Map.of("token", TOKEN));
    }

    private PluginHarness playing() {
        return harness(new ChatBot(new Random(1))).play("gateway", gateway);
    }

    @Test
    void logsInAndAnswers() {
        try (PluginHarness harness = playing()) {
            assertThat(gateway.loggedIn()).isTrue();
            gateway.ping();
            harness.advance(Duration.ZERO);
            assertThat(gateway.unanswered()).isEmpty();
        }
    }

    @Test
    @DisplayName("a network that goes away: the bot resumes, and gets what was said meanwhile, once")
    void resumes() {
        try (PluginHarness harness = playing()) {
            gateway.cut();
            gateway.sayToNobody();
            gateway.sayToNobody();
            harness.advance(SECOND);

            assertThat(gateway.resumed()).isOne();
            assertThat(gateway.replayed()).isEqualTo(2);
            assertThat(gateway.unanswered()).isEmpty();
        }
    }

    @Test
    @DisplayName("a gateway that acknowledges no heartbeat is left by the next one, and the session resumed")
    void zombie() {
        try (PluginHarness harness = playing()) {
            gateway.goDeaf();
            harness.advance(INTERVAL.multipliedBy(2).plus(SECOND));
            assertThat(gateway.resumed()).isOne();
            assertThat(gateway.identified()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a session that is invalid is entered again after a pause: resumed where it says so, else anew")
    void invalidSession(boolean resumable) {
        try (PluginHarness harness = playing()) {
            gateway.invalidate(resumable);
            harness.advance(Duration.ofSeconds(5));
            assertThat(gateway.loggedIn()).isTrue();
            assertThat(gateway.resumed()).isEqualTo(resumable ? 1 : 0);
            assertThat(gateway.identified()).isEqualTo(resumable ? 1 : 2);
        }
    }

    @Test
    void comesBackWhenAsked() {
        try (PluginHarness harness = playing()) {
            gateway.askToReconnect();
            harness.advance(SECOND);
            assertThat(gateway.resumed()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("an hour in which anything may happen at any time: no rule is broken, and every ping is answered")
    void anHour(long seed) {
        Random random = new Random(seed);
        try (PluginHarness harness = playing()) {
            for (int second = 0; second < 3_600; second++) {
                harness.advance(SECOND);
                if (!gateway.loggedIn()) {
                    continue;
                }
                switch (random.nextInt(400)) {
                    case 0 -> gateway.cut();
                    case 1 -> gateway.goDeaf();
                    case 2 -> gateway.askToReconnect();
                    case 3 -> gateway.invalidate(random.nextBoolean());
                    case 4 -> gateway.close(4000 + random.nextInt(3));
                    default -> gateway.ping();
                }
            }
            harness.advance(Duration.ofMinutes(3));
            assertThat(gateway.unanswered()).isEmpty();
            assertThat(gateway.pings()).isGreaterThan(1_000);
            assertThat(gateway.resumed()).isGreaterThan(10);
            assertThat(gateway.identified()).isGreaterThan(1);
            assertThat(gateway.beats()).isGreaterThan(50);
            assertThat(gateway.leftDeaf()).isPositive();
            assertThat(harness.waiting()).isZero();
        }
    }

    @Test
    @DisplayName("the gateway notices a client that keeps silent: a rule that nobody can break is none")
    void silence() {
        ServicePlugin silent = (events, context) -> events.thenMany(Flux.never());
        PluginHarness harness = harness(silent).play("gateway", gateway);
        assertThatThrownBy(() -> harness.advance(Duration.ofMinutes(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the plugin broke a rule of gateway, in session 1 at 10.000 s")
                .hasMessageContaining("identify or resume within PT10S of hello");
    }

    @Test
    @DisplayName("and one that identifies anew where it could resume")
    void forgetful() {
        ServicePlugin forgetful = (events, context) -> events.ofType(IngressEvent.Text.class)
                .filter(text -> Message.read(text.text()).op() == Op.HELLO)
                .map(text -> (OutputCommand) text.reply(new Login(TOKEN).enter()));
        PluginHarness harness = harness(forgetful).play("gateway", gateway);
        gateway.cut();
        assertThatThrownBy(() -> harness.advance(SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("resume a session that is there");
    }

    @Test
    @DisplayName("what the bot asks for is what the operator's file gives")
    void authority() throws IOException {
        Manifest manifest = Manifest.read(Path.of("src/main/resources/META-INF/headgate/plugin.yaml"));
        GrantFile grants = GrantFile.parse(
                "grants.yaml", Files.readString(Path.of("grants.yaml")).replace("${env:CHAT_BOT_TOKEN}", TOKEN));
        assertThat(AuthorityReport.of(List.of(manifest), grants).agrees()).isTrue();
    }
}
