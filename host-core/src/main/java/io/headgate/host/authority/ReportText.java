package io.headgate.host.authority;

import io.headgate.host.authority.AccessReport.Given;
import io.headgate.host.authority.AccessReport.Result;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a report for a terminal. */
final class ReportText {

    private final TextLines lines = new TextLines();

    String write(AuthorityReport report) {
        ReportCounts counts = report.counts();
        lines.line("Authority report: "
                + (report.agrees() ? "all that is asked is granted, and nothing else" : "TO BE MENDED"));
        lines.line(counts.asked() + " accesses asked on " + counts.connections() + " connections: " + counts.granted()
                + " granted, " + counts.partly() + " partly granted, " + counts.refused() + " refused");
        lines.line(counts.unasked() + " grants or entries with what nobody asked for, " + counts.broad()
                + " broad entries");
        report.plugins().forEach(this::plugin);
        report.grants().forEach(this::grant);
        return lines.toString();
    }

    private void plugin(PluginReport plugin) {
        lines.line("");
        lines.line("PLUGIN " + plugin.manifest().id() + ", release "
                + plugin.manifest().release() + (plugin.connections().isEmpty() ? ": asks for no connection" : ""));
        plugin.refused().ifPresent(refused -> {
            lines.item("gets", "NOTHING");
            refusal("", refused);
        });
        plugin.fix().ifPresent(this::fix);
        plugin.connections().forEach(connection -> connection(plugin, connection));
    }

    private void connection(PluginReport plugin, ConnectionReport connection) {
        ConnectionDeclaration declared = connection.declared();
        lines.line("");
        lines.line("  " + connection.service() + "/" + declared.name() + " " + declared.target());
        connection.access().forEach(access -> access(plugin, connection, access));
        if (!connection.notOffered().isEmpty()) {
            lines.item("note", "asked for and not granted, so not offered: " + list(connection.notOffered()));
        }
        if (connection.sendsOnNothing()) {
            lines.item("note", "`send` is of no use without `subscribe`: no session is opened to send on");
        }
        if (connection.isOpen() && plugin.refused().isEmpty()) {
            overlaps(connection);
        }
        connection.fix().ifPresent(this::fix);
    }

    private void access(PluginReport plugin, ConnectionReport connection, AccessReport access) {
        String label = access.access().wireName();
        if (plugin.refused().isPresent() && plugin.refused().equals(access.refused())) {
            lines.item(label, "REFUSED by " + plugin.refused().get().rule().wireName() + ", see above");
            return;
        }
        String first = access.result() == Result.REFUSED ? "" : given(connection, access);
        if (access.refused().isEmpty()) {
            lines.item(label, first.isEmpty() ? "REFUSED: no URI under the pattern is short enough" : first);
        } else if (first.isEmpty()) {
            refusal(label, access.refused().get());
        } else {
            lines.item(label, first);
            refusal("elsewhere", access.refused().get());
        }
        if (connection.isOpen() && access.refused().isPresent()) {
            access.sample()
                    .ifPresent(sample -> lines.item("", "(asked with " + sample + ", which stands for the rest)"));
        }
    }

    private String given(ConnectionReport connection, AccessReport access) {
        String where = access.given().stream()
                .map(given -> under(connection, given) + query(given) + offers(given) + on(given) + tls(given))
                .collect(Collectors.joining("; "));
        if (access.result() == Result.PARTLY) {
            return "PARTLY granted: " + where;
        }
        return (connection.isOpen() ? "granted for all of it" : "granted") + where;
    }

    /** Where it is the declared target, the line above has it. */
    private static String under(ConnectionReport connection, Given given) {
        return given.target().equals(connection.declared().target()) ? "" : "under " + given.target();
    }

    private static String query(Given given) {
        return given.query() == QueryPolicy.ANY ? ", with any query" : "";
    }

    private static String offers(Given given) {
        return given.subprotocols().isEmpty() ? "" : ", offers " + list(given.subprotocols());
    }

    private static String on(Given given) {
        if (given.addresses().equals(AddressPolicy.TRUSTED_PROXY.ranges())) {
            return ", through the host's proxy: no address is checked";
        }
        return given.addresses().isEmpty() || given.addresses().equals(AddressPolicy.PUBLIC.ranges())
                ? ""
                : ", on addresses " + list(given.addresses());
    }

    private static String tls(Given given) {
        return given.tls().isEmpty() ? "" : ", with TLS: " + list(given.tls());
    }

    private void refusal(String label, Verdict.Refused refused) {
        lines.item(label, "REFUSED by " + refused.rule().wireName() + ": " + refused.message());
        lines.item("", "remedy: " + refused.remedy());
    }

    private void overlaps(ConnectionReport connection) {
        if (connection.entries().isEmpty()) {
            lines.item("entries", "none has to do with it");
        }
        connection
                .entries()
                .forEach(overlap ->
                        lines.item("entries", (overlap.all() ? "all of it: " : "a part of it: ") + overlap.entry()));
    }

    private void grant(GrantReport grant) {
        lines.line("");
        lines.line("GRANT " + grant.grant().plugin()
                + grant.grant()
                        .release()
                        .map(release -> ", for release " + release)
                        .orElse("")
                + (grant.entries().isEmpty() ? ": no entries" : ""));
        grant.refused().ifPresent(refused -> lines.item("gives", "NOTHING: " + refused.message()));
        if (!grant.known()) {
            lines.item("UNASKED", "no manifest has this plugin");
        }
        grant.fix().ifPresent(this::fix);
        grant.entries().forEach(entry -> entry(grant, entry));
    }

    private void entry(GrantReport grant, EntryReport entry) {
        lines.line("");
        lines.line("  " + entry.entry().target());
        lines.item("gives", names(entry.entry().access()));
        EntryFacts.of(entry.entry()).forEach((name, value) -> lines.item(name, value));
        if (grant.known()) {
            unasked(entry);
        }
        entry.broad().forEach(reason -> lines.item("broad", reason));
        if (grant.known()) {
            entry.fix().ifPresent(this::fix);
        }
    }

    private void unasked(EntryReport entry) {
        if (!entry.met()) {
            lines.item("UNASKED", "no connection has a target under it");
            return;
        }
        if (!entry.unaskedAccess().isEmpty()) {
            lines.item("UNASKED", names(entry.unaskedAccess()) + ": no connection under it asks for that");
        }
        if (!entry.unaskedSubprotocols().isEmpty()) {
            lines.item(
                    "UNASKED", "subprotocols " + list(entry.unaskedSubprotocols()) + ": no dial under it offers them");
        }
    }

    private void fix(Fix fix) {
        lines.item("to mend", fix.instruction() + (fix.yaml().isEmpty() ? "" : ":"));
        lines.block(fix.yaml());
    }

    private static String names(Collection<Access> access) {
        return list(access.stream().map(Access::wireName).toList());
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }
}
