package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;

/** What the application does not start with. */
final class SettingsRefusedTest {

    private static final Link NOBODY = new Link("chat", "ws://127.0.0.1:1/", "access: [subscribe, send]");

    @TempDir
    private Path folder;

    private void start(String more, String property) {
        RunningSample.start(folder, List.of(NOBODY), more, NoBeans.class, property)
                .close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headgate.events.buffer=0",
                "headgate.events.streams=0",
                "headgate.messages.at-once=0",
                "headgate.messages.patience=0s",
                "headgate.watch-grants=1ms",
                "headgate.stop-grace=-1s"
            })
    void outOfItsBound(String property) {
        assertThatThrownBy(() -> start("", property)).hasRootCauseInstanceOf(BindValidationException.class);
    }

    @Test
    @DisplayName("a stop that takes longer than Spring waits for")
    void graceBeyondThePhase() {
        assertThatThrownBy(() -> start("", "headgate.stop-grace=15s"))
                .rootCause()
                .hasMessage(
                        "stopping the host may take 21000 ms, Spring waits 20000 ms: lower headgate.stop-grace, or raise"
                                + " spring.lifecycle.timeout-per-shutdown-phase");
    }

    @Test
    @DisplayName("a grant file that cannot be used")
    void unusableGrants() {
        assertThatThrownBy(() -> start("    limit: 1\n", "headgate.watch-grants=2s"))
                .hasRootCauseInstanceOf(ConfigurationException.class)
                .rootCause()
                .hasMessageContaining("grants.yaml:4:5");
    }
}
