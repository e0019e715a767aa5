package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.CommandCounts;
import io.headgate.host.service.CommandSettings;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/outcomes.md are the code's. */
@Timeout(60)
final class OutcomesPageTest {

    private static final String RESULTS =
            "| result | means | did it leave the host? | the event that tells it | counted as |";

    private final ReferencePage page = ReferencePage.read("outcomes.md");

    @Test
    void listsTheFields() {
        assertThat(page.rows("Fields", "| field | type | holds |", 2))
                .isEqualTo(Declared.components(CommandOutcome.class));
    }

    @Test
    void listsTheResults() {
        assertThat(page.column("Results", RESULTS, 0)).isEqualTo(Declared.constants(CommandOutcome.Result.class));
    }

    @Test
    void namesEveryCountOfADecision() {
        Set<String> counts = new TreeSet<>();
        Declared.components(CommandCounts.class).forEach(component -> counts.add(component.get(0)));
        counts.removeAll(Set.of("issued", "inFlight"));
        Set<String> named = new TreeSet<>();
        page.column("Results", RESULTS, 4).forEach(cell -> named.addAll(List.of(cell.split(", "))));

        assertThat(named).isEqualTo(counts);
    }

    @Test
    void namesTheEventsThatExist() {
        List<String> events = new ArrayList<>(page.column("Results", RESULTS, 3));
        events.replaceAll(cell -> cell.replaceAll(",.*", ""));

        assertThat(Declared.kinds(IngressEvent.class))
                .containsAll(
                        events.stream().filter(event -> !event.equals("none")).toList());
    }

    @Test
    void statesTheLawAndTheCapacity() {
        String law = Declared.components(CommandCounts.class).stream()
                .map(component -> component.get(0))
                .filter(term -> !Set.of("issued", "sentBytes", "refusedBy").contains(term))
                .reduce((left, right) -> left + " + " + right)
                .orElseThrow()
                .replace("inFlight", "in flight");

        assertThat(page.text())
                .contains("    issued = " + law + "\n")
                .contains(CommandSettings.defaults().outcomes() + " outcomes wait");
    }
}
