package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestartSettingsTest {

    private static final RestartSettings DEFAULTS = RestartSettings.defaults();

    @Test
    void eachSettingIsReadFromAFile() {
        Grant grant = GrantFile.parse("g.yaml", """
                        version: 1
                        grants:
                          - plugin: p
                            restart: {attempts: 3, first: 250ms, max: 5m, stable-after: 1h, waiting: discard}
                        """).grants().get(0);
        assertThat(grant.restart())
                .isEqualTo(DEFAULTS.withAttempts(3)
                        .withBackoff(Duration.ofMillis(250), Duration.ofMinutes(5))
                        .withStableAfter(Duration.ofHours(1))
                        .withWaiting(WaitingTexts.DISCARD));
    }

    @Test
    void valuesOutOfBoundsAreRefusedWithValueAndBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withAttempts(-1))
                .withMessage("attempts must be from 0 to 1000000 restarts, is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withBackoff(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessage("first must be from 1ms to 1d, is PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessage("max must be from 2s to 1d, is PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withStableAfter(Duration.ofDays(2)))
                .withMessage("stableAfter must be from 1ms to 1d, is PT48H");
    }

    @ParameterizedTest
    @CsvSource({
        "1ms, PT0.001S, 1ms",
        "90s, PT1M30S, 90s",
        "60s, PT1M, 1m",
        "2h, PT2H, 2h",
        "24h, PT24H, 1d",
        "1d, PT24H, 1d"
    })
    void durationsAreReadAndShownAsFilesSpellThem(String text, Duration duration, String shown) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1 s", "1.5s", "-1s", "0s", "01s", "1w", "1S", "9999999999999s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
    }
}
