package io.headgate.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Closed;
import io.headgate.plugin.IngressEvent.CommandFailed;
import io.headgate.plugin.IngressEvent.CommandRefused;
import io.headgate.plugin.IngressEvent.CommandSent;
import io.headgate.plugin.IngressEvent.Failed;
import io.headgate.plugin.IngressEvent.Gap;
import io.headgate.plugin.IngressEvent.Opened;
import io.headgate.plugin.IngressEvent.ReconnectNeeded;
import io.headgate.plugin.IngressEvent.Retrying;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.OutputCommand.Close;
import io.headgate.plugin.OutputCommand.Open;
import io.headgate.plugin.OutputCommand.Reconnect;
import io.headgate.plugin.OutputCommand.ReportStatus;
import io.headgate.plugin.OutputCommand.SendText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wire to the letter: whoever changes a line here changes what recordings and remote plugins read. */
@Timeout(60)
final class MessageJsonGoldenTest {

    private static final String HEAD = "\"connection\":\"chat\",\"epoch\":2,\"sequence\":3,\"receivedAtMillis\":4,";

    private static final Map<IngressEvent, String> EVENTS = Map.ofEntries(
            Map.entry(
                    new Opened("chat", 2, 3, 4, "v2"),
                    "{\"version\":1,\"kind\":\"opened\"," + HEAD + "\"subprotocol\":\"v2\"}"),
            Map.entry(
                    new Text("chat", 2, 3, 4, "hé \"you\"", 9),
                    "{\"version\":1,\"kind\":\"text\"," + HEAD + "\"text\":\"hé \\\"you\\\"\",\"bytes\":9}"),
            Map.entry(
                    new Closed("chat", 2, 3, 4, 1001, "bye", Initiator.PEER),
                    "{\"version\":1,\"kind\":\"closed\"," + HEAD
                            + "\"code\":1001,\"reason\":\"bye\",\"initiator\":\"peer\"}"),
            Map.entry(
                    new Failed("chat", 2, 3, 4, FailureKind.CONNECT, "no route"),
                    "{\"version\":1,\"kind\":\"failed\"," + HEAD + "\"failure\":\"connect\",\"message\":\"no route\"}"),
            Map.entry(
                    new Retrying("chat", 2, 3, 4, 5, 6),
                    "{\"version\":1,\"kind\":\"retrying\"," + HEAD + "\"attempt\":5,\"nextAttemptAtMillis\":6}"),
            Map.entry(
                    new ReconnectNeeded("chat", 2, 3, 4, "manual"),
                    "{\"version\":1,\"kind\":\"reconnect-needed\"," + HEAD + "\"why\":\"manual\"}"),
            Map.entry(
                    new Gap("chat", 2, 3, 5, 1, 4),
                    "{\"version\":1,\"kind\":\"gap\"," + HEAD + "\"count\":5,\"firstAtMillis\":1,\"lastAtMillis\":4}"),
            Map.entry(
                    new CommandRefused("chat", 2, 3, 4, "#1", "not-open", "wait", 5),
                    "{\"version\":1,\"kind\":\"command-refused\"," + HEAD
                            + "\"commandId\":\"#1\",\"rule\":\"not-open\",\"message\":\"wait\",\"more\":5}"),
            Map.entry(
                    new CommandFailed("chat", 2, 3, 4, "#1", "reset", 5),
                    "{\"version\":1,\"kind\":\"command-failed\"," + HEAD
                            + "\"commandId\":\"#1\",\"message\":\"reset\",\"more\":5}"),
            Map.entry(
                    new CommandSent("chat", 2, 3, 4, "mine", 5),
                    "{\"version\":1,\"kind\":\"command-sent\"," + HEAD + "\"commandId\":\"mine\",\"more\":5}"));

    private static final Map<OutputCommand, String> COMMANDS = Map.of(
            new SendText("a", "chat", 2, "hi", true),
            "{\"version\":1,\"kind\":\"send-text\",\"id\":\"a\",\"connection\":\"chat\",\"epoch\":2,\"text\":\"hi\",\"confirm\":true}",
            new Close("a", "chat", 2, 1000, "bye"),
            "{\"version\":1,\"kind\":\"close\",\"id\":\"a\",\"connection\":\"chat\",\"epoch\":2,\"code\":1000,\"reason\":\"bye\"}",
            new Reconnect("", "chat", 0),
            "{\"version\":1,\"kind\":\"reconnect\",\"id\":\"\",\"connection\":\"chat\",\"epoch\":0}",
            new Open("a", "chat", 2, "wss://h/p"),
            "{\"version\":1,\"kind\":\"open\",\"id\":\"a\",\"connection\":\"chat\",\"epoch\":2,\"uri\":\"wss://h/p\"}",
            new ReportStatus("a", Health.DEGRADED, "slow"),
            "{\"version\":1,\"kind\":\"report-status\",\"id\":\"a\",\"health\":\"degraded\",\"message\":\"slow\"}");

    @Test
    void everyKindOfEventLooksAsItDid() {
        EVENTS.forEach((event, json) -> {
            assertThat(MessageJson.write(event)).isEqualTo(json);
            assertThat(MessageJson.readEvent(json)).isEqualTo(event);
        });
        assertThat(EVENTS.keySet().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(recordsOf(IngressEvent.class));
    }

    @Test
    void everyKindOfCommandLooksAsItDid() {
        COMMANDS.forEach((command, json) -> {
            assertThat(MessageJson.write(command)).isEqualTo(json);
            assertThat(MessageJson.readCommand(json)).isEqualTo(command);
        });
        assertThat(COMMANDS.keySet().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(recordsOf(OutputCommand.class));
    }

    @Test
    void anOutcomeLooksAsItDid() {
        CommandOutcome outcome = new CommandOutcome("#1", "chat", 2, 3, Result.DENIED, "send-not-granted", "ask");
        String json = "{\"version\":1,\"kind\":\"outcome\",\"commandId\":\"#1\",\"connection\":\"chat\",\"epoch\":2,"
                + "\"decidedAtMillis\":3,\"result\":\"denied\",\"rule\":\"send-not-granted\",\"message\":\"ask\"}";

        assertThat(MessageJson.write(outcome)).isEqualTo(json);
        assertThat(MessageJson.readOutcome(json)).isEqualTo(outcome);
    }

    @Test
    void constantsAreWrittenAsTheyWere() {
        assertThat(values(
                        FailureKind.values(), "failure", kind -> MessageJson.write(new Failed("c", 0, 1, 0, kind, ""))))
                .isEqualTo("denied connect handshake timeout protocol transport");
        assertThat(values(
                        Initiator.values(),
                        "initiator",
                        who -> MessageJson.write(new Closed("c", 0, 1, 0, 1000, "", who))))
                .isEqualTo("peer host nobody");
        assertThat(values(Health.values(), "health", health -> MessageJson.write(new ReportStatus("", health, ""))))
                .isEqualTo("ok degraded failing");
        assertThat(values(
                        Result.values(),
                        "result",
                        result -> MessageJson.write(new CommandOutcome("i", "", 0, 0, result, "", ""))))
                .isEqualTo("sent done denied rejected failed");
    }

    private static <E> String values(E[] constants, String field, Function<E, String> writing) {
        return Arrays.stream(constants)
                .map(writing)
                .map(json -> json.replaceAll(".*\"" + field + "\":\"([a-z-]+)\".*", "$1"))
                .collect(Collectors.joining(" "));
    }

    private static List<Class<?>> recordsOf(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .<Class<?>>map(type -> type)
                .filter(Class::isRecord)
                .toList();
    }
}
