package io.headgate.samples.standalone;

import io.headgate.host.authority.SettingsFile;
import io.headgate.host.authority.SettingsSection;
import io.headgate.host.exchange.ExchangeSettings;
import io.headgate.host.health.HealthRule;
import io.headgate.host.service.CommandSettings;
import io.headgate.host.service.HostSettings;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.ws.LoopOptions;
import io.headgate.host.ws.ProxyOptions;
import io.headgate.host.ws.WebSocketOptions;
import java.nio.file.Path;

/** The settings file, key by key. Bounds and defaults are those of what is set. */
final class SettingsReader {

    private SettingsReader() {}

    static Settings read(Path file) {
        return SettingsFile.read(file, SettingsReader::settings);
    }

    static Settings parse(String name, String yaml) {
        return SettingsFile.parse(name, yaml, SettingsReader::settings);
    }

    private static Settings settings(SettingsSection file) {
        Settings settings = Settings.defaults();
        settings = file.section("host", settings, (host, so) -> so.withHost(host(host)));
        settings = file.section("websocket", settings, (ws, so) -> so.withWebSocket(webSocket(ws)));
        settings = file.section("health", settings, (health, so) -> so.withHealth(health(health)));
        settings = file.section("http", settings, SettingsReader::http);
        settings = file.section(
                "grants", settings, (grants, so) -> grants.duration("watch", so, Settings::withWatchGrants));
        settings = file.section("stop", settings, (stop, so) -> stop.duration("grace", so, Settings::withGrace));
        return file.section(
                "log", settings, (log, so) -> log.constant("format", LogFormat.class, so, Settings::withLog));
    }

    private static HostSettings host(SettingsSection host) {
        HostSettings settings = HostSettings.defaults();
        settings = host.duration("close-timeout", settings, HostSettings::withCloseTimeout);
        settings = host.duration("stalled-after", settings, HostSettings::withStalledAfter);
        settings = host.number("diagnostics-history", settings, HostSettings::withDiagnosticsHistory);
        settings = host.section("dial", settings, (dial, so) -> so.withDial(now -> dial(dial, now)));
        settings =
                host.section("commands", settings, (commands, so) -> so.withCommands(now -> commands(commands, now)));
        settings = host.section("recording", settings, SettingsReader::recording);
        return host.section(
                "exchanges", settings, (exchanges, so) -> so.withExchanges(now -> exchanges(exchanges, now)));
    }

    private static HostSettings recording(SettingsSection recording, HostSettings settings) {
        RecordingDraft draft = RecordingDraft.empty();
        draft = recording.text("directory", draft, RecordingDraft::withDirectory);
        draft = recording.texts("connections", draft, RecordingDraft::withConnections);
        draft = recording.constant("redaction", RecordingDraft.Rule.class, draft, RecordingDraft::withRule);
        draft = recording.texts("members", draft, RecordingDraft::withMembers);
        draft = recording.size("file-bytes", draft, RecordingDraft::withFileBytes);
        draft = recording.number("files", draft, RecordingDraft::withFiles);
        return recording.made(draft::settings).map(settings::withRecording).orElse(settings);
    }

    private static DialTimeouts dial(SettingsSection dial, DialTimeouts defaults) {
        DialTimeouts timeouts = dial.duration("name", defaults, DialTimeouts::withName);
        timeouts = dial.duration("tcp", timeouts, DialTimeouts::withTcp);
        timeouts = dial.duration("proxy", timeouts, DialTimeouts::withProxy);
        timeouts = dial.duration("tls", timeouts, DialTimeouts::withTls);
        return dial.duration("upgrade", timeouts, DialTimeouts::withUpgrade);
    }

    private static CommandSettings commands(SettingsSection commands, CommandSettings defaults) {
        CommandSettings settings = commands.number("undecided", defaults, CommandSettings::withUndecided);
        settings = commands.number("mailbox-commands", settings, (so, most) -> so.withMailbox(most, so.mailboxBytes()));
        settings = commands.size("mailbox-bytes", settings, (so, most) -> so.withMailbox(so.mailboxCommands(), most));
        settings = commands.number("outcomes", settings, CommandSettings::withOutcomes);
        return commands.duration("budget-wait", settings, CommandSettings::withBudgetWait);
    }

    private static ExchangeSettings exchanges(SettingsSection exchanges, ExchangeSettings defaults) {
        ExchangeSettings settings = exchanges.number("at-once", defaults, ExchangeSettings::withAtOnce);
        settings = exchanges.duration("life", settings, ExchangeSettings::withLife);
        settings = exchanges.number("texts", settings, ExchangeSettings::withTexts);
        return exchanges.size("waiting-bytes", settings, ExchangeSettings::withWaitingBytes);
    }

    private static WebSocketOptions webSocket(SettingsSection ws) {
        WebSocketOptions options = WebSocketOptions.defaults();
        options = ws.number("event-loops", options, WebSocketOptions::withEventLoops);
        options = loops(ws, options, "loops-per-service", LoopOptions::withLoopsPerService);
        options = loops(ws, options, "handshakes-per-loop", LoopOptions::withHandshakesPerLoop);
        options = loops(ws, options, "handshakes-per-service", LoopOptions::withHandshakesPerService);
        options = ws.size("write-high-bytes", options, (so, bytes) -> so.withWriteHighBytes(bytes.intValue()));
        options = ws.duration("max-name-ttl", options, WebSocketOptions::withMaxNameTtl);
        options = ws.text("user-agent", options, WebSocketOptions::withUserAgent);
        return ws.section("proxy", options, SettingsReader::proxy);
    }

    private interface LoopChange {
        LoopOptions apply(LoopOptions loops, int count);
    }

    private static WebSocketOptions loops(SettingsSection ws, WebSocketOptions options, String key, LoopChange change) {
        return ws.number(key, options, (so, count) -> so.withLoops(loops -> change.apply(loops, count)));
    }

    private static WebSocketOptions proxy(SettingsSection proxy, WebSocketOptions options) {
        ProxyDraft draft = new ProxyDraft();
        draft = proxy.constant("kind", ProxyOptions.Kind.class, draft, ProxyDraft::withKind);
        draft = proxy.text("host", draft, ProxyDraft::withHost);
        draft = proxy.number("port", draft, ProxyDraft::withPort);
        draft = proxy.text("user", draft, ProxyDraft::withUser);
        draft = proxy.secret("password", draft, ProxyDraft::withPassword);
        return proxy.made(draft::options).map(options::withProxy).orElse(options);
    }

    private static HealthRule health(SettingsSection health) {
        HealthRule rule = health.duration("late", HealthRule.defaults(), HealthRule::withLate);
        return health.duration("held", rule, HealthRule::withHeld);
    }

    /** Where and for whom belong together: so they are checked together. */
    private static Settings http(SettingsSection http, Settings settings) {
        HttpDraft draft = new HttpDraft(settings.http());
        draft = http.text("address", draft, HttpDraft::withAddress);
        draft = http.number("port", draft, HttpDraft::withPort);
        draft = http.secret("token", draft, HttpDraft::withToken);
        return http.made(draft::options).map(settings::withHttp).orElse(settings);
    }
}
