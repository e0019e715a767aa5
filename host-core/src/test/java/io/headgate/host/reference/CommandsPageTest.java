package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.command.OutboundWriter;
import io.headgate.host.service.CommandSettings;
import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/reference/commands.md are the code's. */
@Timeout(60)
final class CommandsPageTest {

    private static final Set<String> COMMON = Set.of("id", "connection", "epoch");

    private final ReferencePage page = ReferencePage.read("commands.md");

    @Test
    void listsWhatEveryCommandCarries() {
        List<List<String>> common = Declared.components(OutputCommand.Reconnect.class);

        assertThat(page.rows("What every command carries", "| field | type | holds |", 2))
                .isEqualTo(common)
                .hasSameSizeAs(COMMON);
    }

    @Test
    void listsTheKinds() {
        assertThat(page.column("Kinds", "| kind | what it does | access | carried out when |", 0))
                .isEqualTo(Declared.kinds(OutputCommand.class));
    }

    @Test
    void listsTheFieldsOfEachKind() {
        assertThat(page.rows("Fields", "| kind | field | type | bound |", 3))
                .isEqualTo(Declared.ownComponents(OutputCommand.class, COMMON));
    }

    @Test
    void listsHowAServiceMayBe() {
        assertThat(page.column("Fields", "| `Health` | means |", 0)).isEqualTo(Declared.constants(Health.class));
    }

    @Test
    void statesTheDefaultsOfTheWay() {
        CommandSettings defaults = CommandSettings.defaults();

        assertThat(page.text())
                .contains(defaults.undecided() + " for a service")
                .contains(defaults.mailboxCommands() + " commands and " + (defaults.mailboxBytes() >> 20) + " MiB")
                .contains(OutboundWriter.MAX_BATCH + " commands at most (`OutboundWriter.MAX_BATCH`)");
    }
}
