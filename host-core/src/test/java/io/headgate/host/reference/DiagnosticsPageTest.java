package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.HoldEnd;
import io.headgate.host.ingress.OverflowPolicy;
import io.headgate.plugin.EventId;
import io.headgate.plugin.Health;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of diagnostics in docs/reference/status-and-diagnostics.md is the code's, to the words of the messages. */
@Timeout(60)
final class DiagnosticsPageTest {

    private static final String HEADER = "| kind | its own fields | message |";
    private static final Set<String> COMMON = Set.of("atMillis", "service", "connection");

    private final ReferencePage page = ReferencePage.read("status-and-diagnostics.md");

    static Stream<Diagnostic> examples() {
        return Stream.of(
                new Diagnostic.ConnectionChanged(1, "p/s", "chat", ConnectionState.OPEN, 3, "why"),
                new Diagnostic.ServiceChanged(1, "p/s", ServiceState.RUNNING, "why"),
                new Diagnostic.DialRefused(1, "p/s", "chat", "address-not-granted", "why"),
                new Diagnostic.CommandRefused(1, "p/s", "chat", "#1", "stale-epoch", "why"),
                new Diagnostic.CommandFailed(1, "p/s", "chat", "#1", "why"),
                new Diagnostic.QueueOverflow(1, "p/s", "chat", DropReason.QUEUE_BYTES, OverflowPolicy.CLOSE),
                new Diagnostic.HeldTooLong(1, "p/s", "chat", Duration.ofSeconds(30), HoldEnd.CLOSE),
                new Diagnostic.FrameRefused(1, "p/s", "chat", "binary", 7),
                new Diagnostic.ExchangeRefused(1, "p/s", "login", "exchange-not-granted", "why"),
                new Diagnostic.ExchangeFailed(1, "p/s", "login", "why"),
                new Diagnostic.EventFailed(1, "p/s", new EventId("chat", 3, 9), "why"),
                new Diagnostic.StatusReported(1, "p/s", Health.OK, "why"),
                new Diagnostic.AuthorityReplaced(1, "p/s", 2, "why"),
                new Diagnostic.GrantsNotRead(1, "why"),
                new Diagnostic.PluginFault(1, "p/s", "why"),
                new Diagnostic.RecordingStopped(1, "p/s", "why"),
                new Diagnostic.PluginRetained(1, "p", "why"));
    }

    @Test
    void listsTheKindsAndTheirFields() {
        List<List<String>> kinds = Arrays.stream(Diagnostic.class.getPermittedSubclasses())
                .map(kind -> List.of(kind.getSimpleName(), ownFields(kind)))
                .toList();

        assertThat(page.rows("Diagnostics", HEADER, 2)).isEqualTo(kinds);
        assertThat(examples()).hasSameSizeAs(kinds);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheFormOfTheMessage(Diagnostic example) throws ReflectiveOperationException {
        String form = page.rows("Diagnostics", HEADER).stream()
                .filter(row -> row.get(0).equals(example.getClass().getSimpleName()))
                .map(row -> row.get(2).replaceAll("; without the epoch.*", ""))
                .findAny()
                .orElseThrow();

        assertThat(example.message()).matches(pattern(form, example));
    }

    /** A field in braces stands for its value, words in angle brackets for words that vary. */
    private static String pattern(String form, Diagnostic example) throws ReflectiveOperationException {
        String filled = form;
        for (RecordComponent component : example.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(example);
            String shown = value instanceof DropReason reason ? reason.wireName() : String.valueOf(value);
            filled = filled.replace("{" + component.getName() + "}", shown);
        }
        return Arrays.stream(filled.split("<[^>]+>")).map(Pattern::quote).collect(Collectors.joining(".+"));
    }

    private static String ownFields(Class<?> kind) {
        return Arrays.stream(kind.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !COMMON.contains(name))
                .collect(Collectors.joining(", "));
    }
}
