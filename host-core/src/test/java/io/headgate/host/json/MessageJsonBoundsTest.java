package io.headgate.host.json;

import static io.headgate.host.json.MessageJsonTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.OutputCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each bound from both sides: what is at it is read, what is over it is refused. */
@Timeout(120)
final class MessageJsonBoundsTest {

    @Test
    void nestingIsBounded() {
        int inner = JsonText.MAX_DEPTH - 1;

        assertThat(MessageJson.readEvent(withField("later", nested(inner)))).isInstanceOf(Text.class);
        assertRefused(() -> MessageJson.readEvent(withField("later", nested(inner + 1))), "");
        assertRefused(() -> MessageJson.readEvent(withField("later", nested(100_000))), "");
    }

    @Test
    void namesAreBounded() {
        assertThat(MessageJson.readEvent(withField("n".repeat(JsonText.MAX_NAME), "1")))
                .isInstanceOf(Text.class);
        assertRefused(() -> MessageJson.readEvent(withField("n".repeat(JsonText.MAX_NAME + 1), "1")), "");
    }

    @Test
    void numbersAreBounded() {
        assertThat(MessageJson.readEvent(withField("later", "9".repeat(JsonText.MAX_NUMBER))))
                .isInstanceOf(Text.class);
        assertRefused(() -> MessageJson.readEvent(withField("later", "9".repeat(JsonText.MAX_NUMBER + 1))), "");
    }

    @Test
    void tokensAreBoundedAndAnUnknownEventAtTheBoundWritesBack() {
        // Begin and end of the object, six names with their values, and the list's name, begin and end.
        int room = JsonText.MAX_TOKENS - 2 - 12 - 3;
        String most = unknown("[" + "0,".repeat(room - 1) + "0]");

        assertThat(MessageJson.write(MessageJson.readEvent(most))).isEqualTo(most);
        assertRefused(() -> MessageJson.readEvent(unknown("[" + "0,".repeat(room) + "0]")), "");
        assertRefused(() -> new UnknownEvent("c", 0, 1, 0, "later", "{\"x\":[" + "0,".repeat(room) + "0]}"), "");
    }

    @Test
    void aTextOfTheLargestMessageIsWrittenAndRead() {
        OutputCommand command = OutputCommand.sendText("chat", "x".repeat(JsonText.MAX_TEXT));

        String json = MessageJson.write(command);

        assertThat(MessageJson.readCommand(json).equals(command)).isTrue();
        assertRefused(() -> MessageJson.readCommand(json.replace("\"text\":\"", "\"text\":\"y")), "");
    }

    @Test
    void aLongerTextIsNotWritten() {
        OutputCommand command = OutputCommand.sendText("chat", "x".repeat(JsonText.MAX_TEXT + 1));

        assertRefused(() -> MessageJson.write(command), "text");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String withField(String name, String value) {
        String json = MessageJson.write(new Text("chat", 1, 1, 0, "hi", 2));
        return json.substring(0, json.length() - 1) + ",\"" + name + "\":" + value + "}";
    }

    private static String unknown(String value) {
        return "{\"version\":1,\"kind\":\"later\",\"connection\":\"c\",\"epoch\":0,\"sequence\":1,\"receivedAtMillis\":0,\"x\":"
                + value + "}";
    }
}
