package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ingress.IngressLane;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/events.md are the code's. */
@Timeout(60)
final class EventsPageTest {

    private static final Set<String> COMMON = Set.of("connection", "epoch", "sequence", "receivedAtMillis");

    private final ReferencePage page = ReferencePage.read("events.md");

    @Test
    void listsWhatEveryEventCarries() {
        List<List<String>> common = Declared.components(IngressEvent.Opened.class).stream()
                .filter(component -> COMMON.contains(component.get(0)))
                .toList();

        assertThat(page.rows("What every event carries", "| field | type | holds |", 2))
                .isEqualTo(common)
                .hasSameSizeAs(COMMON);
    }

    @Test
    void listsTheKinds() {
        assertThat(page.column("Kinds", "| kind | when it comes | what to do |", 0))
                .isEqualTo(Declared.kinds(IngressEvent.class));
    }

    @Test
    void listsTheFieldsOfEachKind() {
        assertThat(page.rows("Fields", "| kind | field | type | holds |", 3))
                .isEqualTo(Declared.ownComponents(IngressEvent.class, COMMON));
    }

    @Test
    void listsWhoMayBegin() {
        assertThat(page.column("Fields", "| `Initiator` | means |", 0)).isEqualTo(Declared.constants(Initiator.class));
    }

    @Test
    void listsWhereItMayFail() {
        assertThat(page.column("Fields", "| `FailureKind` | means |", 0))
                .isEqualTo(Declared.constants(FailureKind.class));
    }

    @Test
    void statesHowManyControlEventsWait() {
        assertThat(page.text()).contains("At most " + IngressLane.MAX_WAITING_CONTROLS + " of one connection wait");
    }
}
