package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand.SendText;
import io.headgate.plugin.test.PluginHarness;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** The plugin by itself: against a gateway that has the rules, and event by event where a test wants what no gateway would do. */
final class ChatBridgeTest {

    private static final String HELLO = "{\"op\":\"hello\",\"heartbeat_ms\":1000}";
    private static final String HEARTBEAT = "{\"op\":\"heartbeat\"}";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ChatBridge bridge = new ChatBridge(new Narrator(new PrintStream(OutputStream.nullOutputStream())));
    private final PluginHarness harness = PluginHarness.of(bridge, Map.of("bot", "bridge"));

    private PluginHarness identified() {
        harness.opened("gateway", Chat.SUBPROTOCOL).text("gateway", HELLO);
        harness.expectCommand(SendText.class);
        return harness;
    }

    private static String message(long id) {
        return Chat.of("message").put("id", id).put("text", "hi " + id).toString();
    }

    private static String reply(long id) {
        return "{\"op\":\"reply\",\"to\":" + id + ",\"text\":\"You said: hi " + id + "\"}";
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName(
            "an hour of messages, bursts and cuts: identified once a session, each beat in time, each message answered once")
    void anHour(long seed) {
        StrictGateway gateway = new StrictGateway(SECOND);
        Random random = new Random(seed);
        harness.play("gateway", gateway);
        for (int half = 0; half < 7_200; half++) {
            harness.advance(SECOND.dividedBy(2));
            switch (gateway.identified() ? random.nextInt(100) : 99) {
                case 0 -> gateway.cut();
                case 1 -> IntStream.range(0, 80).forEach(message -> gateway.say());
                case 99 -> {}
                default -> gateway.say();
            }
        }
        harness.advance(SECOND.multipliedBy(65));
        assertThat(gateway.unanswered()).isZero();
        assertThat(gateway.replies()).isGreaterThan(7_000);
        assertThat(gateway.beats()).isGreaterThan(2_000);
        assertThat(gateway.identifies()).isGreaterThan(20);
        // The first session's ready alone has it try the feed.
        harness.expectReport(Health.OK).expectSend("feed", "May I say something, too?");
        harness.expectNothing().close();
    }

    @Test
    @DisplayName("the gateway notices a client that keeps silent: a rule that nobody can break is none")
    void silence() {
        PluginHarness silent = PluginHarness.of((events, context) -> events.thenMany(Flux.never()))
                .play("gateway", new StrictGateway(SECOND));
        assertThatThrownBy(() -> silent.advance(SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("identify within PT1S of hello");
    }

    @Test
    void heartbeatsEndWithTheirSession() {
        identified().closed("gateway", 1006, "").advance(SECOND.multipliedBy(5)).expectNothing();
        harness.close();
    }

    @Test
    void anotherConnectionsEndLeavesTheHeartbeatsAlone() {
        identified().opened("feed").closed("feed", 1000, "").advance(SECOND);
        harness.expectSend("gateway", HEARTBEAT).expectNothing().close();
    }

    @Test
    void noGatewayMakesItBeatWithoutPause() {
        harness.opened("gateway")
                .text("gateway", "{\"op\":\"hello\",\"heartbeat_ms\":0}")
                .advance(SECOND);
        assertThat(harness.commands()).hasSize(1 + 10);
        harness.close();
    }

    @Test
    void messagesAreAnsweredOneAfterAnotherAndHeartbeatsGoOn() {
        identified();
        for (int id = 1; id <= 300; id++) {
            harness.text("gateway", message(id));
        }
        assertThat(harness.waiting()).isGreaterThanOrEqualTo(298);
        harness.advance(ChatBridge.WORK).expectSend("gateway", reply(1)).expectNothing();
        harness.advance(ChatBridge.WORK).expectSend("gateway", reply(2)).expectNothing();
        harness.advance(SECOND.minus(ChatBridge.WORK.multipliedBy(2)));
        assertThat(harness.commands())
                .contains(new SendText("", "gateway", 1, HEARTBEAT))
                .hasSize(1 + 200 + 1);
        harness.close();
    }

    @Test
    void aReplyNamesTheSessionOfItsMessage() {
        identified().text("gateway", message(7)).closed("gateway", 1006, "").opened("gateway");
        harness.advance(ChatBridge.WORK)
                .expectCommand(new SendText("", "gateway", 1, reply(7)))
                .close();
    }

    @Test
    void itLeavesDiallingToTheHost() {
        identified().closed("gateway", 1001, "").retrying("gateway", 1, SECOND);
        harness.reconnectNeeded("feed", "the answer 403 is permanent")
                .advance(SECOND.multipliedBy(5))
                .expectNothing()
                .close();
    }

    @Test
    void gapsAreSummedUp() {
        identified().gap("gateway", 3).gap("gateway", 4).expectNothing().close();
        assertThat(bridge.missed()).isEqualTo(7);
    }

    @Test
    void whatIsNoChatIsPassedOver() {
        identified().text("gateway", "no JSON").text("gateway", "[]").text("gateway", message(1));
        harness.advance(ChatBridge.WORK)
                .expectSend("gateway", reply(1))
                .expectNothing()
                .close();
    }

    @Test
    void itEndsWhenTheHostStopsIt() {
        identified().complete().expectFinished().close();
    }
}
