package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoSettingsTest {

    private static DemoSettings read(String seconds, String target) {
        return DemoSettings.read(Map.of(DemoSettings.SECONDS, seconds, DemoSettings.TARGET, target)::get);
    }

    @Test
    void nothingSaidMeansTwentySecondsWithTheEmbeddedGateway() {
        assertThat(DemoSettings.read(key -> null)).isEqualTo(new DemoSettings(20, ""));
        assertThat(read("", " ")).isEqualTo(new DemoSettings(20, ""));
        assertThat(read("", "").embedded()).isTrue();
    }

    @Test
    void zeroRunsUntilInterrupted() {
        assertThat(read("0", "").seconds()).isZero();
        assertThat(read("0", "").story()).isEqualTo(read("20", "").story());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "5", "86401", "ten", "1.5"})
    void badSecondsAreNamedWithKeyValueAndBound(String seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(seconds, ""))
                .withMessage("-Ddemo.seconds must be 0 (until interrupted) or a whole number from 6 to 86400, is \""
                        + seconds + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss://host/path", "ws://127.0.0.1:80/x?y"})
    void aTargetIsAWebSocketUri(String target) {
        assertThat(read("", target).embedded()).isFalse();
        assertThat(read("", target).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host/path", "wss:///path", "host", "wss://a b"})
    void whatIsNoWebSocketUriIsNamed(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("", target))
                .withMessageContaining("-Ddemo.target")
                .withMessageContaining(target);
    }
}
