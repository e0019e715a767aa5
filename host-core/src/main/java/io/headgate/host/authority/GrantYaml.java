package io.headgate.host.authority;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Grants and entries as a grant file spells them, at the place where they stand in it. */
final class GrantYaml {

    /** What YAML takes for a text as it is, among the names, releases, tokens and targets that the host accepts. */
    private static final Pattern PLAIN = Pattern.compile(
            "[a-zA-Z]([a-zA-Z0-9._~:/*%-]*[a-zA-Z0-9._~/*%-])?|[0-9]+\\.[0-9]+\\.[0-9]+(-[a-zA-Z0-9.-]*)?");

    /** References, perhaps behind the name of a scheme: what else stands beside them may be secret too. */
    private static final Pattern SHOWN_REFERENCE =
            Pattern.compile("((Bearer|Basic|Token|Bot) )?(\\$\\{(env|file):[^{}]*\\})+");

    private static final Set<String> NO_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    /** In the place of a header's value that the file holds itself. */
    private static final String OPEN = "\"${the value that stands in the file, which is not shown here}\"";

    private GrantYaml() {}

    static String grant(String plugin, List<WebSocketGrant> entries) {
        return grant(plugin, Optional.empty(), entries);
    }

    /** For a plugin from a jar, with the jar. */
    static String grant(String plugin, Optional<JarDigest> jar, List<WebSocketGrant> entries) {
        String websocket = entries.isEmpty()
                ? ""
                : "    websocket:\n" + entries.stream().map(GrantYaml::entry).collect(Collectors.joining());
        return jar.map(digest -> digest(plugin, digest)).orElseGet(() -> plugin(plugin)) + websocket;
    }

    static String digest(String plugin, JarDigest jar) {
        return plugin(plugin) + "    digest: " + jar + "\n";
    }

    static String release(String plugin, String release) {
        return plugin(plugin) + "    release: " + scalar(release) + "\n";
    }

    static String access(WebSocketGrant entry) {
        return entry.access().stream().map(Access::wireName).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Every key that an entry may have: what is not written here is lost where the report has an entry replaced. */
    private static String entry(WebSocketGrant entry) {
        StringBuilder yaml = new StringBuilder()
                .append("      - target: ")
                .append(scalar(entry.target().toString()))
                .append('\n');
        if (entry.target().isAnyHost()) {
            yaml.append("        any-host: true\n");
        }
        if (entry.query() != QueryPolicy.DECLARED) {
            yaml.append("        query: ").append(WireNames.of(entry.query())).append('\n');
        }
        yaml.append("        access: ").append(access(entry)).append('\n');
        if (!entry.subprotocols().isEmpty()) {
            yaml.append("        subprotocols: ")
                    .append(list(entry.subprotocols()))
                    .append('\n');
        }
        if (!entry.addresses().equals(AddressPolicy.PUBLIC)) {
            yaml.append("        addresses: ")
                    .append(list(entry.addresses().ranges()))
                    .append('\n');
        }
        entry.sendBudget()
                .ifPresent(budget ->
                        yaml.append("        send-budget: ").append(budget).append('\n'));
        yaml.append(tls(entry.tls()));
        if (!entry.headers().isEmpty()) {
            yaml.append("        headers:\n");
            entry.headers().forEach((name, value) -> yaml.append(header(name, value)));
        }
        return yaml.toString();
    }

    private static String tls(TlsSettings tls) {
        if (tls.isDefault()) {
            return "";
        }
        StringBuilder yaml = new StringBuilder();
        TlsFiles files = tls.files();
        if (!files.trust().isEmpty()) {
            yaml.append("          trust: ")
                    .append(files.trust().stream().map(GrantYaml::quoted).collect(Collectors.joining(", ", "[", "]")))
                    .append('\n');
        }
        if (!files.key().isEmpty()) {
            yaml.append("          certificate: ")
                    .append(quoted(files.certificate()))
                    .append("\n          key: ")
                    .append(quoted(files.key()))
                    .append('\n');
        }
        if (tls.minVersion() != TlsVersion.TLS_1_2) {
            yaml.append("          min-version: ")
                    .append(tls.minVersion().number())
                    .append('\n');
        }
        // What was made in code has no file that could be named.
        return yaml.isEmpty() ? "" : "        tls:\n" + yaml;
    }

    /** What the report must not show is left open, in a way that no reader of grant files accepts. */
    private static String header(String name, HeaderValue value) {
        return "          " + scalar(name) + ": "
                + value.reference()
                        .filter(SHOWN_REFERENCE.asMatchPredicate())
                        .map(GrantYaml::quoted)
                        .orElse(OPEN)
                + "\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String list(List<String> values) {
        return values.stream().map(GrantYaml::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String plugin(String plugin) {
        return "  - plugin: " + scalar(plugin) + "\n";
    }

    /** Quoted, unless it certainly needs no quotes. No value that is written so has a quote or a backslash. */
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : '"' + text + '"';
    }
}
