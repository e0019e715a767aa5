package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.service.StopReport;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/states.md are the code's. */
@Timeout(60)
final class StatesPageTest {

    private static final String STATES = "| state | means | what to do |";

    private final ReferencePage page = ReferencePage.read("states.md");

    @Test
    void listsTheStatesOfAService() {
        assertThat(page.column("Services", STATES, 0)).isEqualTo(Declared.constants(ServiceState.class));
    }

    @Test
    void listsTheStatesOfAConnection() {
        assertThat(page.column("Connections", STATES, 0)).isEqualTo(Declared.constants(ConnectionState.class));
    }

    @Test
    void listsTheWaysOfTheMachine() throws ReflectiveOperationException {
        Map<?, ?> machine = machine();
        List<List<String>> ways = Arrays.stream(ServiceState.values())
                .filter(machine::containsKey)
                .map(from -> List.of(from.name(), names((Set<?>) machine.get(from))))
                .toList();

        assertThat(page.rows("Services", "| from | to |"))
                .map(row -> row.subList(0, 2))
                .isEqualTo(ways);
    }

    @Test
    void listsWhatAStopReports() {
        assertThat(page.rows("How a stop went", "| field | type | holds |", 2))
                .isEqualTo(Declared.components(StopReport.class));
    }

    private static Map<?, ?> machine() throws ReflectiveOperationException {
        Field next = Class.forName("io.headgate.host.service.ServiceLife").getDeclaredField("NEXT");
        next.setAccessible(true);
        return (Map<?, ?>) next.get(null);
    }

    /** An EnumSet iterates in the order of the constants. */
    private static String names(Set<?> states) {
        return states.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
