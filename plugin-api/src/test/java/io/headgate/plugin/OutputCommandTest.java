package io.headgate.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OutputCommandTest {

    private static final String SECRET = "hunter2";

    static Stream<OutputCommand> eachKind() {
        return Stream.of(
                OutputCommand.sendText("c", SECRET),
                OutputCommand.close("c", 1000, SECRET),
                OutputCommand.reconnect("c"),
                OutputCommand.open("c", "wss://h/p?token=" + SECRET),
                OutputCommand.reportStatus(Health.OK, SECRET));
    }

    @ParameterizedTest
    @MethodSource("eachKind")
    void factoriesLeaveIdAndEpochToTheHost(OutputCommand command) {
        assertThat(command.id()).isEqualTo(OutputCommand.HOST_ASSIGNED_ID);
        assertThat(command.epoch()).isEqualTo(OutputCommand.CURRENT_EPOCH);
        assertThat(command.connection()).isEqualTo(command instanceof OutputCommand.ReportStatus ? "" : "c");
    }

    @ParameterizedTest
    @MethodSource("eachKind")
    void noKindShowsWhatIsToBeSent(OutputCommand command) {
        assertThat(command.toString())
                .startsWith(command.getClass().getSimpleName() + "[")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("eachKind")
    void eachKindMayHaveAnIdOfThePluginsAndKeepsTheRest(OutputCommand command) {
        OutputCommand named = command.withId("mine");
        assertThat(named.id()).isEqualTo("mine");
        assertThat(named.withId(command.id())).isEqualTo(command);
    }

    @Test
    void aTextMayAskToBeConfirmed() {
        OutputCommand.SendText confirmed = OutputCommand.sendText("c", "hi").confirmed();
        assertThat(confirmed)
                .isEqualTo(new OutputCommand.SendText("", "c", OutputCommand.CURRENT_EPOCH, "hi", true))
                .hasToString("SendText[ for c/0, 2 characters]");
        assertThat(confirmed.withId("mine").confirm()).isTrue();
        assertThat(OutputCommand.sendText("c", "hi").confirm()).isFalse();
    }

    @Test
    void whatIsOutOfBoundsIsTheHostsToRefuse() {
        assertThatCode(() -> {
                    OutputCommand.sendText("not declared", "\ud800").withId("x".repeat(100));
                    OutputCommand.close("c", 7, "x".repeat(1000));
                    OutputCommand.open("c", "no URI at all");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void nullsAreNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> OutputCommand.sendText("c", null))
                .withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> OutputCommand.sendText(null, "x"))
                .withMessage("connection");
        assertThatNullPointerException()
                .isThrownBy(() -> OutputCommand.close("c", 1000, null))
                .withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> new OutputCommand.Reconnect(null, "c", 0))
                .withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> OutputCommand.open("c", null))
                .withMessage("uri");
        assertThatNullPointerException()
                .isThrownBy(() -> OutputCommand.reportStatus(null, "x"))
                .withMessage("health");
        assertThatNullPointerException()
                .isThrownBy(() -> OutputCommand.reportStatus(Health.DEGRADED, null))
                .withMessage("message");
    }
}
