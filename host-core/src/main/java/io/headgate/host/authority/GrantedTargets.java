package io.headgate.host.authority;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The grant's side of an authority: entries in an order of their own, so that the file's order plays no part in an
 * answer.
 */
final class GrantedTargets {

    private final String plugin;
    private final Optional<Verdict> refusal;
    private final List<WebSocketGrant> entries;

    private GrantedTargets(String plugin, Optional<Verdict> refusal, List<WebSocketGrant> entries) {
        this.plugin = plugin;
        this.refusal = refusal;
        this.entries = entries;
    }

    static GrantedTargets of(Manifest manifest, Optional<JarDigest> jar, @Nullable Grant grant) {
        String plugin = manifest.id();
        if (grant == null || !grant.plugin().equals(plugin)) {
            return refusing(
                    plugin,
                    Rule.PLUGIN_NOT_GRANTED,
                    "no grant names the plugin " + plugin,
                    "add a grant for " + plugin + " to the grant file");
        }
        if (!grant.release().map(manifest.release()::equals).orElse(true)) {
            return refusing(
                    plugin,
                    Rule.PLUGIN_NOT_GRANTED,
                    "the grant of " + plugin + " is for release "
                            + grant.release().get() + ", the plugin's is " + manifest.release(),
                    "set `release: " + GrantYaml.scalar(manifest.release()) + "` in the grant of " + plugin
                            + ", or leave it out");
        }
        if (!grant.digest().equals(jar)) {
            return jar.map(digest -> otherJar(plugin, digest, grant)).orElseGet(() -> noJar(plugin));
        }
        Comparator<WebSocketGrant> order =
                Comparator.comparing(entry -> entry.target().toString());
        return new GrantedTargets(
                plugin,
                Optional.empty(),
                grant.websocket().stream().sorted(order).toList());
    }

    private static GrantedTargets otherJar(String plugin, JarDigest jar, Grant grant) {
        return refusing(
                plugin,
                Rule.DIGEST_NOT_GRANTED,
                "the grant of " + plugin + (grant.digest().isPresent() ? " is for another jar" : " names no jar"),
                "if this jar is the one you mean, write `digest: " + jar + "` in the grant of " + plugin);
    }

    /** Whoever wrote the digest meant those bytes; what an application made itself may be made of any. */
    private static GrantedTargets noJar(String plugin) {
        return refusing(
                plugin,
                Rule.DIGEST_NOT_GRANTED,
                "the grant of " + plugin + " is for a jar, and the plugin was not loaded from one: nobody can tell what"
                        + " its code is",
                "load it with PluginHostBuilder.jar, or remove `digest` from the grant of " + plugin);
    }

    /** What refuses everything; allowed where nothing does. */
    Verdict standing() {
        return refusal.orElse(Verdict.ALLOWED);
    }

    Verdict verdict(Target target, Access access) {
        if (refusal.isPresent()) {
            return refusal.get();
        }
        for (WebSocketGrant entry : entries) {
            if (entry.access().contains(access) && entry.target().matches(target)) {
                return Verdict.ALLOWED;
            }
        }
        return entries.stream()
                .filter(entry -> entry.target().matches(target))
                .findFirst()
                .map(entry -> accessNotGranted(entry, access))
                .orElseGet(() -> targetNotGranted(target, access));
    }

    /**
     * Answers for a target that is granted with that access. What the entries give besides, they give whatever the query: one that lets
     * any pass is enough. An exchange is dialled at the declared target only.
     */
    Verdict queryVerdict(Target target, Access access) {
        if (access == Access.SUBSCRIBE && query(target) == QueryPolicy.ANY) {
            return Verdict.ALLOWED;
        }
        TargetPattern entry = narrowest(covering(target, access));
        return Verdict.refused(
                Rule.QUERY_NOT_GRANTED,
                target + " is granted, and not with a query that the manifest does not declare",
                access == Access.SUBSCRIBE
                        ? "add `query: any` to " + entry + " in the grant of " + plugin
                                + ", or declare that query in its manifest, or open it without"
                        : "use the declared target: no grant gives an exchange another query");
    }

    QueryPolicy query(Target target) {
        return covering(target, Access.SUBSCRIBE).stream().anyMatch(entry -> entry.query() == QueryPolicy.ANY)
                ? QueryPolicy.ANY
                : QueryPolicy.DECLARED;
    }

    /** Likewise. */
    DialTerms terms(Target target, List<String> asked, Access access) {
        return new DialTerms(
                subprotocols(target, asked, access),
                addresses(target, access),
                tls(target, access),
                Headers.merged(covering(target, access)));
    }

    /** Likewise. */
    Verdict subprotocolVerdict(Target target, List<String> asked, Access access) {
        if (asked.isEmpty() || !subprotocols(target, asked, access).isEmpty()) {
            return Verdict.ALLOWED;
        }
        String entry = covering(target, access).get(0).target().toString();
        return Verdict.refused(
                Rule.SUBPROTOCOL_NOT_GRANTED,
                "none of the subprotocols " + asked + " is granted for " + target,
                "add one of them to the subprotocols of " + entry + " in the grant of " + plugin);
    }

    private List<String> subprotocols(Target target, List<String> asked, Access access) {
        List<WebSocketGrant> covering = covering(target, access);
        return asked.stream()
                .filter(name ->
                        covering.stream().anyMatch(entry -> entry.subprotocols().contains(name)))
                .collect(Collectors.toUnmodifiableList());
    }

    /** What all entries that cover the target with that access let pass together. */
    private AddressPolicy addresses(Target target, Access access) {
        return covering(target, access).stream()
                .map(WebSocketGrant::addresses)
                .reduce(AddressPolicy.NONE, AddressPolicy::or);
    }

    /** What all entries that cover the target with that access come to. No two contradict each other: the grant would be none. */
    private TlsSettings tls(Target target, Access access) {
        return covering(target, access).stream()
                .map(WebSocketGrant::tls)
                .reduce(TlsSettings.defaults(), TlsSettings::and);
    }

    /** Answers for a target that was granted with that access when it was dialled. */
    Verdict.Refused addressNotGranted(Target target, Access access, RefusedAddresses refused) {
        String entry = covering(target, access).stream()
                .map(covering -> covering.target().toString())
                .findFirst()
                .orElseGet(target::toString);
        List<String> ways = refused.some().stream()
                .map(AddressPolicy::rangeFor)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return new Verdict.Refused(
                Rule.ADDRESS_NOT_GRANTED,
                refused.refused() + " of the " + refused.total() + " addresses of " + target + " may not be dialled ("
                        + refused.shown() + "), so none was",
                ways.isEmpty()
                        ? "correct what the name leads to: no grant lets that pass"
                        : "if it is meant to lead there, add " + String.join(", ", ways) + " to the `addresses` of "
                                + entry + " in the grant of " + plugin);
    }

    /** Answers for a target that was granted through the host's proxy when it was dialled. */
    Verdict.Refused noProxy(Target target, Access access) {
        String entry = covering(target, access).stream()
                .filter(covering -> covering.addresses().isTrustedProxy())
                .map(covering -> covering.target().toString())
                .findFirst()
                .orElseGet(target::toString);
        return new Verdict.Refused(
                Rule.ADDRESS_NOT_GRANTED,
                target + " is granted through the host's proxy, and the host has none, so nothing was dialled",
                "give the driver a proxy, or change the `addresses` of " + entry + " in the grant of " + plugin);
    }

    /** All that hold, each once. */
    List<SendBudget> sendBudgets(Target target) {
        return covering(target, Access.SEND).stream()
                .flatMap(entry -> entry.sendBudget().stream())
                .distinct()
                .toList();
    }

    /** One that covers none of the others: no remedy should widen more than it has to. */
    private static TargetPattern narrowest(List<WebSocketGrant> covering) {
        return covering.stream()
                .map(WebSocketGrant::target)
                .reduce((narrow, other) -> narrow.covers(other) ? other : narrow)
                .orElseThrow();
    }

    private List<WebSocketGrant> covering(Target target, Access access) {
        return entries.stream()
                .filter(entry ->
                        entry.access().contains(access) && entry.target().matches(target))
                .toList();
    }

    private Verdict accessNotGranted(WebSocketGrant entry, Access access) {
        String name = "`" + access.wireName() + "`";
        Rule rule = switch (access) {
            case SUBSCRIBE -> Rule.SUBSCRIBE_NOT_GRANTED;
            case SEND -> Rule.SEND_NOT_GRANTED;
            case EXCHANGE -> Rule.EXCHANGE_NOT_GRANTED;
        };
        return Verdict.refused(
                rule,
                entry.target() + " is granted without the access " + name,
                "add " + name + " to the access of " + entry.target() + " in the grant of " + plugin);
    }

    private Verdict targetNotGranted(Target target, Access access) {
        return Verdict.refused(
                Rule.TARGET_NOT_GRANTED,
                "no entry of the grant of " + plugin + " covers " + target,
                (isGrantedWithTls(target) ? "its host is granted with wss:// only: dial it with wss://, or " : "")
                        + "add to the grant of " + plugin + " a websocket entry with target " + target + " and access ["
                        + access.wireName() + "]");
    }

    private boolean isGrantedWithTls(Target target) {
        return target.scheme().equals("ws")
                && entries.stream()
                        .map(WebSocketGrant::target)
                        .anyMatch(pattern -> pattern.scheme().equals("wss") && pattern.coversHost(target.host()));
    }

    private static GrantedTargets refusing(String plugin, Rule rule, String message, String remedy) {
        Verdict refusal = Verdict.refused(rule, message, remedy);
        return new GrantedTargets(plugin, Optional.of(refusal), List.of());
    }
}
