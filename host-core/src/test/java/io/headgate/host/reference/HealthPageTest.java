package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.health.HealthCause;
import io.headgate.host.health.HealthFinding;
import io.headgate.host.health.HealthRule;
import io.headgate.host.health.Readiness;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/health.md are the code's. */
@Timeout(60)
final class HealthPageTest {

    private final ReferencePage page = ReferencePage.read("health.md");

    @Test
    void listsEachReadiness() {
        assertThat(page.rows("Health", "| `Readiness` | name | means | a readiness probe |", 2))
                .isEqualTo(Arrays.stream(Readiness.values())
                        .map(level -> List.of(level.name(), level.wireName()))
                        .toList());
    }

    @Test
    void listsEachCauseAndItsRemedy() {
        assertThat(page.rows("The rule", "| `HealthCause` | name | makes it | when | what to do |").stream()
                        .map(row -> List.of(row.get(0), row.get(1), row.get(2), row.get(4)))
                        .toList())
                .isEqualTo(Arrays.stream(HealthCause.values())
                        .map(cause -> List.of(
                                cause.name(),
                                cause.wireName(),
                                cause.readiness().name(),
                                cause.remedy()))
                        .toList());
    }

    @Test
    void listsEachSettingWithItsDefault() {
        HealthRule rule = HealthRule.defaults();
        assertThat(page.rows("The rule", "| setting | means | default | bounds |").stream()
                        .map(row -> List.of(row.get(0), row.get(2)))
                        .toList())
                .containsExactly(
                        List.of("late", rule.late().toSeconds() + " s"),
                        List.of("held", rule.held().toSeconds() + " s"));
    }

    @Test
    void listsTheFieldsOfAFinding() {
        assertThat(page.rows("HealthFinding", "| field | type | unit | holds |", 2))
                .isEqualTo(Declared.components(HealthFinding.class));
    }
}
