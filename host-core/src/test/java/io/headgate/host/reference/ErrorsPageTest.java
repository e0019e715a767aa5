package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.SettingsFile;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.TargetPattern;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.plugin.ServicePlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** docs/errors.md has the messages about files, as they are said. */
@Timeout(60)
final class ErrorsPageTest {

    private static final String MESSAGES = "| message | cause | fix |";
    private static final String REASONS = "| reason | as in | instead |";
    private static final String LIST = "[" + "a, ".repeat(1024) + "a]";
    private static final ServicePlugin SILENT = (events, context) -> Flux.never();
    private static final String NO_TARGET = "no usable target: ";

    private final ErrorsPage page = new ErrorsPage();
    private final List<String> said = new ArrayList<>();

    private void fails(ThrowingCallable wrong) {
        Throwable failure = catchThrowable(wrong);
        assertThat(failure).isNotNull();
        if (failure instanceof ConfigurationException unusable) {
            unusable.problems().forEach(problem -> said.add(problem.message()));
        } else {
            said.add(String.valueOf(failure.getMessage()));
        }
    }

    private void manifest(String yaml) {
        fails(() -> Manifest.parse("plugin.yaml", yaml));
    }

    private void grants(String keys) {
        fails(() -> GrantFile.parse("grants.yaml", "version: 1\ngrants:\n  - plugin: p\n    " + keys));
    }

    private void entry(String keys) {
        grants("websocket:\n      - {access: [subscribe], " + keys + "}");
    }

    @Test
    void files() {
        fails(() -> GrantFile.read(Path.of("no", "such", "file")));
        fails(() -> GrantFile.parse("g", "# " + "a".repeat(256 * 1024)));
        fails(() -> Manifest.parse("m", new byte[] {(byte) 0xff}));
        List.of("version: 1 # \u202e", "", "a: [", "version: 1\n---\na: 1", "a: " + "[".repeat(17) + "]".repeat(17))
                .forEach(this::manifest);
        List.of("a: *b", "a: &b c", "&a b: c", "x: 1", "\"\u00e9 1\": 1", "version: 1\nversion: 1", "[]")
                .forEach(this::manifest);
        manifest("version: 1\nid: 1.0\nrelease: r\nservices: []");
        manifest("version: 1\nid: p\nrelease: r\nservices:\n- {name: s, class: S}\n- {name: s, class: S}");
        List.of("settings: {a: b, a: c}", "settings: {a: 1}", "settings: []", "settings: {\"a b\": c}")
                .forEach(this::grants);
        grants("websocket: no");
        grants("websocket: " + LIST);
        grants("settings: {" + settings() + "}");
        List.of("target: \"wss://h/\", subprotocols: [a, a]", "target: \"wss://h/\", send-budget: 1/1s")
                .forEach(this::entry);
        grants("websocket:\n      - {target: \"wss://h/\", access: [send], query: any}");
        entry("target: \"wss://h/\", any-host: true");
        entry("target: \"wss://*/\"");
        grants("reconnect: {policy: manual, first: 1s}");
        grants("reconnect: {policy: backoff, first: 2s, max: 1s}");
        grants("limits: {hold: {}}");
        grants("liveness: {ping-interval: never, pong-timeout: 1s}");
        fails(() -> SettingsFile.parse("s", "version: 1\na: 1", file -> file.section("a", 1, (section, so) -> so)));
        manifest("x: 1\n".repeat(102));

        page.agrees("Files", MESSAGES, said);
    }

    private static String settings() {
        StringBuilder settings = new StringBuilder();
        for (int at = 0; at <= 256; at++) {
            settings.append("s").append(at).append(": a, ");
        }
        return settings.toString();
    }

    @Test
    void targets() {
        for (List<String> row : page.rows("Targets", REASONS)) {
            String example = row.get(1);
            Function<String, Object> parse =
                    example.contains("*.") || example.contains("in a grant") ? TargetPattern::parse : Target::parse;
            if (!example.isEmpty() && !example.contains("constructor")) {
                fails(() -> parse.apply(example.replace(", in a grant", "")));
                assertThat(said.get(said.size() - 1)).as(example).startsWith(NO_TARGET);
            }
        }
        fails(() -> new Target("WSS", "h", 443, "/", ""));
        fails(() -> new Target("wss", "h", 443, "a", ""));
        fails(() -> new Target("wss", "h", 443, "/%61", ""));
        String label = "a".repeat(63);
        fails(() -> Target.parse("wss://" + (label + ".").repeat(4) + "com/"));
        fails(() -> Target.parse("wss://a" + label + "/"));
        fails(() -> Target.parse("wss://\u00fc" + label + ".example/"));
        fails(() -> Target.parse("wss://a\u200db.example/"));
        fails(() -> Target.parse("wss://h/" + label.repeat(33)));

        page.agrees("Targets", REASONS, reasons(NO_TARGET));
    }

    @Test
    void addresses() {
        List<List<String>> rows = page.rows("Addresses", REASONS);
        rows.forEach(row -> entry("target: \"wss://h/\", addresses: \"" + row.get(1) + "\""));

        assertThat(said).hasSameSizeAs(rows);
        page.agrees("Addresses", REASONS, reasons(".* or a list of these, found \"[^\"]+\": "));
    }

    private List<String> reasons(String before) {
        return said.stream().map(message -> message.replaceFirst(before, "")).toList();
    }

    @Test
    void headersAndReferences(@TempDir Path folder) throws IOException {
        byte[][] secrets = {
            {}, {(byte) 0xff}, {'a', '\n', 'b'}, "a".repeat(5000).getBytes(StandardCharsets.US_ASCII)
        };
        for (byte[] secret : secrets) {
            Path file = Files.write(folder.resolve("secret"), secret).toAbsolutePath();
            entry("target: \"wss://h/\", headers: {a: \"${file:" + file + "}\"}");
        }
        String entry = "target: \"wss://h/\", headers: ";
        List.of("{\"a b\": c}", "[]", "{}", "{a: b, A: b}", "{Host: h}", "{a: \" b\"}", "{a: \"${b}\"}")
                .forEach(headers -> entry(entry + headers));
        List.of("${file:b}", "${env:HEADGATE_IS_NOT_SET}", "${file:/no/such/file}")
                .forEach(reference -> entry(entry + "{a: \"" + reference + "\"}"));
        entry("any-host: true, target: \"wss://*/\", headers: {a: b}");
        grants("websocket: [{target: \"wss://h/\", access: [send], headers: {a: b}}]");
        grants("websocket: [{target: \"wss://h/\", access: [subscribe], headers: {a: b}},"
                + " {target: \"wss://h/**\", access: [subscribe], headers: {a: c}}]");
        grants("websocket: [{target: \"wss://h/\", access: [subscribe], headers: {" + headers(20, "a") + "}},"
                + " {target: \"wss://i/\", access: [subscribe], headers: {" + headers(20, "b") + "}}]");

        page.agrees("Headers and references", MESSAGES, said);
    }

    private static String headers(int count, String name) {
        StringBuilder headers = new StringBuilder();
        for (int at = 0; at < count; at++) {
            headers.append(name).append(at).append(": v, ");
        }
        return headers.toString();
    }

    @Test
    void limits() {
        List.of(
                        "queue-bytes: 1KiB, message-bytes: 2KiB",
                        "queue-bytes: 4KiB, message-bytes: 2KiB, connection-share: 25%",
                        "queue-bytes: 2KiB, message-bytes: 2KiB, overflow: drop-oldest",
                        "queue-bytes: 4KiB, message-bytes: 2KiB, overflow: drop-oldest, connection-share: 50%",
                        "queue-events: 1, overflow: drop-oldest",
                        "queue-events: 4, overflow: drop-oldest, connection-share: 25%")
                .forEach(limits -> grants("limits: {" + limits + "}"));

        page.agrees("Limits", MESSAGES, said);
    }

    @Test
    void everyKindOfDiagnosticSaysWhetherItWantsALook() {
        assertThat(page.rows("Diagnostics", "| kind | wants a look | fix |").stream()
                        .map(row -> row.get(0)))
                .containsExactlyElementsOf(Arrays.stream(Diagnostic.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void buildingAHost() {
        fails(() -> PluginHost.builder().build());
        fails(() -> PluginHost.builder().plugin(asking(1, "subscribe"), Map.of()));
        fails(() -> PluginHost.builder().plugin(asking(0, "subscribe"), SILENT));
        Manifest twice = asking(1, "subscribe");
        fails(() -> PluginHost.builder().plugin(twice, SILENT).plugin(twice, SILENT));
        fails(() -> PluginHost.builder().watchedGrants(Path.of("no"), Duration.ZERO));
        fails(() -> built(asking(1, "subscribe"), "queue-bytes: 64MiB, message-bytes: 8MiB"));
        fails(() -> built(asking(1, "exchange"), "queue-bytes: 64MiB, message-bytes: 8MiB"));
        fails(() -> built(asking(9, "subscribe"), "overflow: hold"));
        fails(() -> HostSettings.defaults().withCloseTimeout(Duration.ZERO));

        page.agrees("Building a host", MESSAGES, said);
    }

    /** With two services where no connection is asked for. */
    private static Manifest asking(int connections, String access) {
        StringBuilder services = new StringBuilder("services:\n- name: s\n  class: S\n  connections:\n");
        for (int at = 0; at < connections; at++) {
            services.append("  - {name: c")
                    .append(at)
                    .append(", target: \"wss://h/\", access: [")
                    .append(access)
                    .append("]}\n");
        }
        String two = "services: [{name: s, class: S}, {name: t, class: T}]";
        return Manifest.parse("m", "version: 1\nid: p\nrelease: r\n" + (connections == 0 ? two : services));
    }

    private static void built(Manifest manifest, String limits) {
        PluginHost.builder()
                .driver((spec, handler) -> Mono.never())
                .grants(GrantFile.parse("g", "version: 1\ngrants: [{plugin: p, limits: {" + limits + "}}]"))
                .plugin(manifest, SILENT)
                .build();
    }
}
