package io.headgate.host.authority;

import io.headgate.host.authority.AccessReport.Given;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a report as JSON. Every name is always there: with an empty text or list where there is nothing to say. */
final class ReportJson {

    static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private ReportJson() {}

    static String write(AuthorityReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", VERSION);
        json.put("agrees", report.agrees());
        counts(json.putObject("counts"), report.counts());
        array(json, "plugins", report.plugins(), ReportJson::plugin);
        array(json, "grants", report.grants(), ReportJson::grant);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(LINES);
        printer.indentObjectsWith(LINES);
        return MAPPER.writer().with(printer).writeValueAsString(json) + "\n";
    }

    private static void counts(ObjectNode json, ReportCounts counts) {
        json.put("connections", counts.connections());
        json.put("asked", counts.asked());
        json.put("granted", counts.granted());
        json.put("partly", counts.partly());
        json.put("refused", counts.refused());
        json.put("unasked", counts.unasked());
        json.put("broad", counts.broad());
    }

    private static void plugin(ObjectNode json, PluginReport plugin) {
        json.put("plugin", plugin.manifest().id());
        json.put("release", plugin.manifest().release());
        refused(json, plugin.refused());
        fix(json, plugin.fix());
        array(json, "connections", plugin.connections(), ReportJson::connection);
    }

    private static void connection(ObjectNode json, ConnectionReport connection) {
        ConnectionDeclaration declared = connection.declared();
        json.put("service", connection.service());
        json.put("connection", declared.name());
        json.put("target", declared.target().toString());
        json.put("pattern", connection.isOpen());
        texts(json, "subprotocols", declared.subprotocols());
        texts(json, "notOffered", connection.notOffered());
        json.put("sendsOnNothing", connection.sendsOnNothing());
        array(json, "access", connection.access(), ReportJson::access);
        array(json, "entries", connection.entries(), (entry, overlap) -> {
            entry.put("target", overlap.entry().toString());
            entry.put("covers", overlap.all() ? "all" : "part");
        });
        fix(json, connection.fix());
    }

    private static void access(ObjectNode json, AccessReport access) {
        json.put("access", access.access().wireName());
        json.put("result", WireNames.of(access.result()));
        array(json, "given", access.given(), ReportJson::given);
        json.put("sample", access.sample().map(Target::toString).orElse(""));
        refused(json, access.refused());
    }

    private static void given(ObjectNode json, Given given) {
        json.put("target", given.target().toString());
        texts(json, "subprotocols", given.subprotocols());
        texts(json, "addresses", given.addresses());
        texts(json, "tls", given.tls());
        json.put("query", WireNames.of(given.query()));
    }

    private static void grant(ObjectNode json, GrantReport grant) {
        json.put("plugin", grant.grant().plugin());
        json.put("release", grant.grant().release().orElse(""));
        json.put("known", grant.known());
        refused(json, grant.refused());
        fix(json, grant.fix());
        array(json, "entries", grant.entries(), ReportJson::entry);
    }

    private static void entry(ObjectNode json, EntryReport entry) {
        json.put("target", entry.entry().target().toString());
        json.put("query", WireNames.of(entry.entry().query()));
        texts(json, "access", names(entry.entry().access()));
        texts(json, "subprotocols", entry.entry().subprotocols());
        texts(json, "addresses", entry.entry().addresses().ranges());
        json.put(
                "sendBudget",
                entry.entry().sendBudget().map(SendBudget::toString).orElse(""));
        texts(json, "tls", entry.entry().tls().facts());
        texts(json, "headers", List.copyOf(entry.entry().headers().keySet()));
        texts(json, "unaskedAccess", names(entry.unaskedAccess()));
        texts(json, "unaskedSubprotocols", entry.unaskedSubprotocols());
        texts(json, "broad", entry.broad());
        fix(json, entry.fix());
    }

    private static void refused(ObjectNode json, Optional<Verdict.Refused> refused) {
        json.put("rule", refused.map(verdict -> verdict.rule().wireName()).orElse(""));
        json.put("message", refused.map(Verdict.Refused::message).orElse(""));
        json.put("remedy", refused.map(Verdict.Refused::remedy).orElse(""));
    }

    private static void fix(ObjectNode json, Optional<Fix> fix) {
        json.put("fix", fix.map(known -> known.action().wireName()).orElse(""));
        json.put(
                "fixEntry",
                fix.flatMap(Fix::entry)
                        .map(entry -> entry.target() + " " + GrantYaml.access(entry))
                        .orElse(""));
        json.put("fixYaml", fix.map(Fix::yaml).orElse(""));
    }

    private static List<String> names(Collection<Access> access) {
        return access.stream().map(Access::wireName).toList();
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        texts.forEach(json.putArray(name)::add);
    }

    private static <T> void array(ObjectNode json, String name, List<T> elements, BiConsumer<ObjectNode, T> writing) {
        var array = json.putArray(name);
        elements.forEach(element -> writing.accept(array.addObject(), element));
    }
}
