package io.headgate.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IngressEventTest {

    private static final String SECRET = "hunter2";

    static Stream<IngressEvent> eachKind() {
        return Stream.of(
                new IngressEvent.Opened("c", 2, 3, 4, "chat.v1"),
                new IngressEvent.Text("c", 2, 3, 4, SECRET, 7),
                new IngressEvent.Closed("c", 2, 3, 4, 1000, SECRET, Initiator.PEER),
                new IngressEvent.Failed("c", 2, 3, 4, FailureKind.CONNECT, "refused"),
                new IngressEvent.Retrying("c", 2, 3, 4, 1, 5),
                new IngressEvent.ReconnectNeeded("c", 2, 3, 4, "policy manual"),
                new IngressEvent.Gap("c", 2, 3, 9, 1, 4),
                new IngressEvent.CommandRefused("c", 2, 3, 4, "x", "stale-epoch", "why", 0),
                new IngressEvent.CommandFailed("c", 2, 3, 4, "x", "why", 0),
                new IngressEvent.CommandSent("c", 2, 3, 4, "x", 0));
    }

    @ParameterizedTest
    @MethodSource("eachKind")
    void everyKindNamesConnectionEpochSequenceAndTime(IngressEvent event) {
        assertThat(event.id()).isEqualTo(new EventId("c", 2, 3)).hasToString("c/2/3");
        assertThat(event.receivedAt()).isEqualTo(Instant.ofEpochMilli(4));
    }

    @ParameterizedTest
    @MethodSource("eachKind")
    void noKindShowsWhatAPeerSaid(IngressEvent event) {
        assertThat(event.toString()).doesNotContain(SECRET).contains("c");
    }

    @Test
    void textAndCloseShowTheSizeInstead() {
        assertThat(new IngressEvent.Text("c", 2, 3, 4, SECRET, 7)).hasToString("Text[c/2/3, 7 bytes]");
        assertThat(new IngressEvent.Closed("c", 2, 3, 4, 4000, SECRET, Initiator.PEER))
                .hasToString("Closed[c/2/3, code 4000 by PEER, reason of 7 characters]");
    }

    @Test
    void numbersOutOfRangeAreRefusedWithValueAndBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Opened("c", -1, 1, 0, ""))
                .withMessage("epoch must be at least 0, is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Opened("c", 1, 0, 0, ""))
                .withMessage("sequence must be at least 1, is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Opened("c", 0, 1, 0, ""))
                .withMessage("epoch must be at least 1, is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Text("c", 1, 1, 0, "", -1))
                .withMessageContaining("bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Closed("c", 1, 1, 0, 999, "", Initiator.HOST))
                .withMessageContaining("code must be at least 1000, is 999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Retrying("c", 1, 1, 0, 0, 0))
                .withMessageContaining("attempt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Gap("c", 1, 1, 0, 0, 0))
                .withMessageContaining("count");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.CommandRefused("c", 1, 1, 0, "x", "r", "m", -1))
                .withMessageContaining("more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.CommandFailed("c", 1, 1, 0, "x", "m", -1))
                .withMessageContaining("more");
    }

    @Test
    void connectionNamesAreBoundedAndNeverBlank() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Opened(" ", 1, 1, 0, ""))
                .withMessage("connection must have 1 to 64 characters and not be blank, has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IngressEvent.Opened("c".repeat(65), 1, 1, 0, ""))
                .withMessageEndingWith("has 65");
        assertThatNullPointerException()
                .isThrownBy(() -> new IngressEvent.Opened(null, 1, 1, 0, ""))
                .withMessage("connection");
    }

    @Test
    void aReplyIsForTheSessionOfItsMessage() {
        assertThat(new IngressEvent.Text("c", 2, 3, 4, "ping", 4).reply("pong"))
                .isEqualTo(new OutputCommand.SendText(OutputCommand.HOST_ASSIGNED_ID, "c", 2, "pong"));
    }

    @Test
    void reconnectNeededMakesItsReconnect() {
        OutputCommand.Reconnect reconnect = new IngressEvent.ReconnectNeeded("c", 2, 3, 4, "why").reconnect();

        assertThat(reconnect).isEqualTo(new OutputCommand.Reconnect(OutputCommand.HOST_ASSIGNED_ID, "c", 2));
    }

    @Test
    void whatIsSentOnOpeningIsForThatSession() {
        assertThat(new IngressEvent.Opened("c", 2, 1, 4, "").send("hi"))
                .isEqualTo(new OutputCommand.SendText(OutputCommand.HOST_ASSIGNED_ID, "c", 2, "hi"));
    }
}
