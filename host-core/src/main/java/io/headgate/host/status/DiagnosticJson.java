package io.headgate.host.status;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.Recorded;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A diagnostic as one JSON object, on one line: {@code number}, {@code kind}, {@code atMillis}, {@code service},
 * {@code connection} and {@code message}, as docs/reference/status-and-diagnostics.md has them; a kind's name in lower case with
 * hyphens.
 */
public final class DiagnosticJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DiagnosticJson() {}

    /**
     * Writes a diagnostic.
     *
     * @param recorded the diagnostic and its number
     * @return the object, without an end of the line
     */
    public static String write(Recorded recorded) {
        Diagnostic diagnostic = recorded.diagnostic();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("number", recorded.number());
        json.put("kind", kind(diagnostic));
        json.put("atMillis", diagnostic.atMillis());
        json.put("service", diagnostic.service());
        json.put("connection", diagnostic.connection());
        json.put("message", diagnostic.message());
        return MAPPER.writeValueAsString(json);
    }

    private static String kind(Diagnostic diagnostic) {
        return diagnostic
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=.)(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
