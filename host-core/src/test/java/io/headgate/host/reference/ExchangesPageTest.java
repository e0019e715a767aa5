package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Limits;
import io.headgate.host.authority.Rule;
import io.headgate.host.exchange.ExchangeCounts;
import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.plugin.PullException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/exchanges.md are the code's. */
@Timeout(60)
final class ExchangesPageTest {

    private static final String BOUNDS = "| bound | default | what bites | how the plugin sees it | counted in |";
    private static final String ENDS = "| end | close code | what had arrived | reason of the error | counted as |";

    private final ReferencePage page = ReferencePage.read("exchanges.md");

    @Test
    void statesTheDefaults() {
        ExchangeSettings defaults = ExchangeSettings.defaults();

        assertThat(page.column("Bounds", BOUNDS, 1))
                .containsExactly(
                        "" + defaults.atOnce(),
                        Declared.shown(defaults.life()),
                        "" + defaults.texts(),
                        "" + defaults.texts(),
                        (defaults.waitingBytes() >> 20) + " MiB",
                        (defaults.waitingBytes() >> 20) + " MiB",
                        (Limits.defaults().messageBytes() >> 20) + " MiB",
                        "");
        assertThat(page.text())
                .contains("At most " + defaults.atOnce() + " × " + (defaults.waitingBytes() >> 20) + " MiB wait");
    }

    @Test
    void namesRulesAndReasonsThatExist() {
        Set<String> known = new TreeSet<>(Declared.constants(PullException.Reason.class));
        Arrays.stream(Rule.values()).map(Rule::wireName).forEach(known::add);
        Set<String> named = page.column("Bounds", BOUNDS, 3).stream()
                .flatMap(cell -> Stream.of(cell.replaceAll(", behind .*", "").split("; ")))
                .collect(Collectors.toSet());

        assertThat(known).containsAll(named);
    }

    @Test
    void namesEveryReasonOfAnEnd() {
        Set<String> reasons = new TreeSet<>(Declared.constants(PullException.Reason.class));
        reasons.removeAll(Set.of("REFUSED", "BUSY"));

        assertThat(new TreeSet<>(page.column("Ends", ENDS, 3))).isEqualTo(reasons);
    }

    @Test
    void namesCountsThatExist() {
        List<String> counts = Declared.components(ExchangeCounts.class).stream()
                .map(component -> component.get(0))
                .toList();
        Stream<String> named = Stream.concat(
                page.column("Bounds", BOUNDS, 4).stream().flatMap(cell -> Stream.of(cell.split("; "))),
                page.column("Ends", ENDS, 4).stream());

        assertThat(counts).containsAll(named.toList());
    }
}
