package io.headgate.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.headgate.plugin.CommandOutcome.Result;
import org.junit.jupiter.api.Test;

final class CommandOutcomeTest {

    @Test
    void anOutcomeForNoConnectionIsWellFormed() {
        assertThat(new CommandOutcome("x", "", 0, 0, Result.DONE, "", "").connection())
                .isEmpty();
    }

    @Test
    void anOutcomeAlwaysNamesItsCommand() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandOutcome("", "c", 1, 0, Result.SENT, "", ""))
                .withMessage("commandId must have 1 to 64 characters and not be blank, has 0");
    }

    @Test
    void componentsOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandOutcome("x", "c".repeat(65), 1, 0, Result.SENT, "", ""))
                .withMessageStartingWith("connection");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandOutcome("x", "c", -1, 0, Result.SENT, "", ""))
                .withMessage("epoch must be at least 0, is -1");
        assertThatNullPointerException()
                .isThrownBy(() -> new CommandOutcome("x", "c", 1, 0, null, "", ""))
                .withMessage("result");
        assertThatNullPointerException()
                .isThrownBy(() -> new CommandOutcome("x", "c", 1, 0, Result.DENIED, null, ""))
                .withMessage("rule");
        assertThatNullPointerException()
                .isThrownBy(() -> new CommandOutcome("x", "c", 1, 0, Result.DENIED, "r", null))
                .withMessage("message");
    }
}
