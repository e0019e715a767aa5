package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.OutputCommand.SendText;
import io.headgate.plugin.test.PluginHarness;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChatBridgeTest {

    private static final String HELLO = "{\"op\":\"hello\",\"heartbeat_ms\":1000}";
    private static final String READY = "{\"op\":\"ready\"}";
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

    @Test
    void helloIsAnsweredWithIdentifyOnItsSession() {
        harness.opened("gateway", Chat.SUBPROTOCOL).text("gateway", HELLO);
        harness.expectCommand(new SendText("", "gateway", 1, "{\"op\":\"identify\",\"bot\":\"bridge\"}"))
                .expectNothing()
                .close();
    }

    @Test
    void heartbeatsFollowTheGatewaysPaceAndTheSession() {
        identified().advance(SECOND.minusMillis(1)).expectNothing();
        harness.advance(Duration.ofMillis(1)).expectCommand(new SendText("", "gateway", 1, HEARTBEAT));
        harness.advance(SECOND).expectCommand(new SendText("", "gateway", 1, HEARTBEAT));

        harness.closed("gateway", 1006, "").advance(SECOND.multipliedBy(5)).expectNothing();

        harness.opened("gateway").text("gateway", HELLO).advance(SECOND);
        assertThat(harness.expectCommand(SendText.class).text()).contains("identify");
        harness.expectCommand(new SendText("", "gateway", 2, HEARTBEAT))
                .expectNothing()
                .close();
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
    void onlyTheFirstReadyTriesTheFeed() {
        identified().text("gateway", READY).text("gateway", READY);
        harness.expectCommand(OutputCommand.reportStatus(Health.OK, "identified at the gateway"));
        assertThat(harness.expectCommand(SendText.class).connection()).isEqualTo("feed");
        harness.expectNothing().close();
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
