package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Entry;
import io.headgate.host.authority.YamlNode.Kind;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Scalar;
import io.headgate.host.authority.YamlNode.Sequence;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link GrantFile} of a text, or says all that is wrong with it. */
final class GrantFileReader {

    private static final YamlKeys FILE = YamlKeys.of("version", "grants");
    private static final YamlKeys GRANT = YamlKeys.of(
            "plugin", "release", "digest", "websocket", "limits", "reconnect", "liveness", "restart", "settings");
    private static final YamlKeys WEBSOCKET = YamlKeys.of(
            "target", "any-host", "query", "access", "subprotocols", "addresses", "send-budget", "tls", "headers");

    private static final YamlKeys RESTART = YamlKeys.of("attempts", "first", "max", "stable-after", "waiting");

    private final SourceText source;
    private final References references;
    private final ReferringText texts;
    private final Problems problems;

    GrantFileReader(SourceText source, References references) {
        this.source = source;
        this.references = references;
        this.texts = new ReferringText(references);
        this.problems = new Problems(source.file());
    }

    GrantFile read() {
        YamlFields fields = YamlFields.of(YamlTree.parse(source, problems), "", problems, FILE);
        fields.required("version", ScalarType.exactly(1));
        fields.requireKey("grants", "a list of grants, [] for none");
        Set<String> plugins = new HashSet<>();
        List<Grant> grants = fields.list("grants", GrantFile.MAX_GRANTS, (node, path) -> grant(node, path, plugins));
        return problems.unlessSince(0, () -> new GrantFile(grants)).orElseThrow(problems::toException);
    }

    private Optional<Grant> grant(YamlNode node, String path, Set<String> plugins) {
        int mark = problems.count();
        YamlFields fields = YamlFields.of(node, path, problems, GRANT);
        Optional<String> plugin = fields.uniqueName("plugin", plugins);
        Optional<String> release = fields.optional("release", ScalarType.RELEASE);
        Optional<JarDigest> digest = fields.optional("digest", ScalarType.DIGEST);
        List<WebSocketGrant> websocket = fields.list("websocket", Grant.MAX_WEBSOCKET, this::webSocketGrant);
        if (problems.count() == mark) {
            checkConflicts(fields, websocket);
        }
        Limits limits = fields.child("limits")
                .map(child -> new LimitsReader(problems).read(child, fields.path("limits")))
                .orElse(Limits.defaults());
        ReconnectSettings reconnect = fields.child("reconnect")
                .map(child -> new ReconnectReader(problems).read(child, fields.path("reconnect")))
                .orElse(ReconnectSettings.defaults());
        LivenessSettings liveness = fields.child("liveness")
                .map(child -> new LivenessReader(problems).read(child, fields.path("liveness")))
                .orElse(LivenessSettings.defaults());
        RestartSettings restart = fields.child("restart")
                .map(child -> restart(child, fields.path("restart")))
                .orElse(RestartSettings.defaults());
        Map<String, String> settings = fields.child("settings")
                .map(child -> settings(child, fields.path("settings")))
                .orElse(Map.of());
        return problems.unlessSince(
                mark,
                () -> new Grant(
                        plugin.orElseThrow(),
                        release,
                        digest,
                        websocket,
                        limits,
                        reconnect,
                        liveness,
                        restart,
                        settings));
    }

    private Optional<WebSocketGrant> webSocketGrant(YamlNode node, String path) {
        int mark = problems.count();
        YamlFields fields = YamlFields.of(node, path, problems, WEBSOCKET);
        Optional<TargetPattern> target = fields.required("target", ScalarType.PATTERN);
        boolean anyHost = fields.optional("any-host", ScalarType.TRUTH).orElse(false);
        if (problems.count() == mark) {
            checkAnyHost(fields, target.orElseThrow(), anyHost);
        }
        fields.requireElements("access", "a list of " + WireNames.all(Access.class));
        List<Access> access = fields.distinct("access", ScalarType.ACCESS, Access.values().length);
        QueryPolicy query = query(fields, access);
        List<String> subprotocols = fields.distinct("subprotocols", ScalarType.TOKEN, Require.MAX_SUBPROTOCOLS);
        AddressPolicy addresses = new AddressesReader(problems).read(fields, "addresses");
        Optional<SendBudget> budget = sendBudget(fields, access);
        TlsSettings tls = new TlsReader(problems, references).read(fields, "tls", target);
        Map<String, HeaderValue> headers = new HeadersReader(texts, problems).read(fields, access, anyHost);
        return problems.unlessSince(
                mark,
                () -> new WebSocketGrant(
                        target.orElseThrow(),
                        query,
                        EnumSet.copyOf(access),
                        subprotocols,
                        addresses,
                        budget,
                        tls,
                        headers));
    }

    /** Only of entries that are all right: then each is the element of its number. */
    private void checkConflicts(YamlFields fields, List<WebSocketGrant> entries) {
        EntryConflict.among(entries).ifPresent(conflict -> {
            Sequence list = (Sequence) fields.child("websocket").orElseThrow();
            problems.add(
                    list.elements().get(conflict.entry()).position(),
                    fields.path("websocket") + "[" + conflict.entry() + "]." + conflict.key(),
                    conflict.why());
        });
    }

    /** Any host is said twice: neither a slip in a target nor a key that was left over may give it. */
    private void checkAnyHost(YamlFields fields, TargetPattern target, boolean anyHost) {
        if (target.isAnyHost() == anyHost) {
            return;
        }
        String key = anyHost ? "any-host" : "target";
        problems.add(
                fields.child(key).orElseThrow().position(),
                fields.path(key),
                anyHost
                        ? "expected false, since the target names its host: remove the key, or write '*' as the target's host"
                        : "expected a host, found '*', which is any host: write `any-host: true` in this entry as well, or name the host");
    }

    private QueryPolicy query(YamlFields fields, List<Access> access) {
        QueryPolicy query = fields.optional("query", ScalarType.QUERY).orElse(QueryPolicy.DECLARED);
        checkNeeds(fields, "query", access, Access.SUBSCRIBE);
        return query;
    }

    private Optional<SendBudget> sendBudget(YamlFields fields, List<Access> access) {
        Optional<SendBudget> budget = fields.optional("send-budget", ScalarType.SEND_BUDGET);
        checkNeeds(fields, "send-budget", access, Access.SEND);
        return budget;
    }

    /** Where no access could be read, that is said already. */
    private void checkNeeds(YamlFields fields, String key, List<Access> access, Access needed) {
        fields.child(key)
                .filter(unused -> !access.isEmpty() && !access.contains(needed))
                .ifPresent(node -> problems.add(
                        node.position(),
                        fields.path(key),
                        "expected access to have `" + needed.wireName() + "`, since the key has no effect without it"));
    }

    private RestartSettings restart(YamlNode node, String path) {
        int mark = problems.count();
        RestartSettings defaults = RestartSettings.defaults();
        YamlFields fields = YamlFields.of(node, path, problems, RESTART);
        ScalarType<Duration> duration = ScalarType.duration(RestartSettings.SHORTEST, RestartSettings.LONGEST);
        int attempts = fields.optional("attempts", ScalarType.wholeNumber(0, RestartSettings.MAX_ATTEMPTS))
                .orElse(defaults.attempts());
        Duration first = fields.optional("first", duration).orElse(defaults.first());
        Duration max = fields.optional("max", duration).orElse(defaults.max());
        Duration stableAfter = fields.optional("stable-after", duration).orElse(defaults.stableAfter());
        WaitingTexts waiting = fields.optional("waiting", ScalarType.constant(WaitingTexts.class))
                .orElse(defaults.waiting());
        if (problems.count() == mark && first.compareTo(max) > 0) {
            problems.add(
                    node.position(),
                    path,
                    "expected first to be at most max, " + DurationText.format(max) + ", found "
                            + DurationText.format(first));
        }
        return problems.unlessSince(mark, () -> new RestartSettings(attempts, first, max, stableAfter, waiting))
                .orElse(defaults);
    }

    private Map<String, String> settings(YamlNode node, String path) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node.position(), path, "expected a mapping of names to texts" + ScalarType.found(node, false));
            return Map.of();
        }
        if (mapping.entries().size() > Grant.MAX_SETTINGS) {
            problems.add(
                    node.position(),
                    path,
                    "expected at most " + Grant.MAX_SETTINGS + " settings, found "
                            + mapping.entries().size());
            return Map.of();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> setting(entry, path, settings));
        return settings;
    }

    private void setting(Entry entry, String path, Map<String, String> settings) {
        // A key without a value may be a value without a key: neither is shown then.
        boolean slip = entry.value() instanceof Scalar scalar && scalar.kind() == Kind.ABSENT;
        if (slip || !Require.isName(entry.key())) {
            problems.add(
                    entry.position(),
                    path,
                    "expected a name of " + Require.NAME + ", then ':', a space and a text; found something else (not"
                            + " shown)");
            return;
        }
        String settingPath = path + "." + entry.key();
        Optional<String> value = ScalarType.SETTING
                .read(entry.value(), settingPath, problems)
                .flatMap(written -> resolved(entry.value(), settingPath, written));
        if (settings.putIfAbsent(entry.key(), value.orElse("")) != null) {
            problems.add(entry.position(), settingPath, "the key is there twice");
        }
    }

    private Optional<String> resolved(YamlNode node, String path, String written) {
        try {
            return Optional.of(texts.resolve(written, Grant.MAX_SETTING_LENGTH).text());
        } catch (ReferenceException e) {
            problems.add(node.position(), path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
