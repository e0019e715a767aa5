package io.headgate.host.authority;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What of a grant's entries is asked for, and what is asked for as entries. */
final class Entries {

    /** One that does not depend on the file's. */
    static final Comparator<WebSocketGrant> ORDER = Comparator.comparing(
                    (WebSocketGrant entry) -> entry.target().toString())
            .thenComparing(WebSocketGrant::query)
            .thenComparing(entry -> entry.access().toString())
            .thenComparing(entry -> entry.subprotocols().toString())
            .thenComparing(entry -> entry.addresses().toString())
            .thenComparing(entry -> entry.sendBudget().toString())
            .thenComparing(entry -> entry.tls().toString())
            .thenComparing(entry -> entry.headers().keySet().toString());

    private Entries() {}

    /** All that a connection can get; empty where no grant can give it anything. */
    static Optional<WebSocketGrant> asked(ConnectionDeclaration declared) {
        Set<Access> access = EnumSet.copyOf(declared.access());
        if (declared.dialTarget().isEmpty()) {
            access.remove(Access.EXCHANGE);
        }
        return access.isEmpty() ? Optional.empty() : Optional.of(giving(declared, access));
    }

    /** The entry that gives a connection some of the accesses that it asks for. */
    static WebSocketGrant giving(ConnectionDeclaration declared, Set<Access> access) {
        return new WebSocketGrant(
                declared.target(),
                QueryPolicy.DECLARED,
                access,
                offersSubprotocols(access) ? declared.subprotocols() : List.of(),
                missingAddresses(declared, AddressPolicy.NONE).orElse(AddressPolicy.PUBLIC),
                Optional.empty(),
                TlsSettings.defaults(),
                Map.of());
    }

    /** What a policy lacks that a connection needs for sure: its host is an address. What a name leads to, nobody knows yet. */
    static Optional<AddressPolicy> missingAddresses(ConnectionDeclaration declared, AddressPolicy granted) {
        return HostAddress.of(declared.target().host())
                .filter(address -> !granted.isTrustedProxy() && !granted.allows(address))
                .flatMap(AddressPolicy::rangeFor)
                .map(AddressPolicy::of);
    }

    /** What of an entry a connection asks for; empty for nothing. */
    static Optional<WebSocketGrant> used(WebSocketGrant entry, ConnectionDeclaration declared) {
        Set<Access> shared = common(entry.access(), declared.access());
        return shared.isEmpty()
                ? Optional.empty()
                : entry.target()
                        .intersection(declared.target())
                        .map(target -> like(
                                entry,
                                target,
                                shared,
                                offersSubprotocols(shared)
                                        ? common(entry.subprotocols(), declared.subprotocols())
                                        : List.of()));
    }

    /** An entry with less, or more, and all else as it is, but for what belongs to an access that it does not give. */
    static WebSocketGrant like(
            WebSocketGrant entry, TargetPattern target, Set<Access> access, Collection<String> subprotocols) {
        return new WebSocketGrant(
                target,
                access.contains(Access.SUBSCRIBE) ? entry.query() : QueryPolicy.DECLARED,
                access,
                List.copyOf(subprotocols),
                entry.addresses(),
                entry.sendBudget().filter(unused -> access.contains(Access.SEND)),
                entry.tls(),
                EntryConflict.dialling(access).isEmpty() ? Map.of() : entry.headers());
    }

    /** The same with one entry for each target, in order; for entries that are otherwise alike. */
    static List<WebSocketGrant> merged(Collection<WebSocketGrant> entries) {
        Map<String, WebSocketGrant> byTarget = new TreeMap<>();
        entries.forEach(entry -> byTarget.merge(entry.target().toString(), entry, Entries::union));
        return List.copyOf(byTarget.values());
    }

    static WebSocketGrant union(WebSocketGrant one, WebSocketGrant other) {
        Set<Access> access = EnumSet.copyOf(one.access());
        access.addAll(other.access());
        Set<String> subprotocols = new LinkedHashSet<>(one.subprotocols());
        subprotocols.addAll(other.subprotocols());
        return new WebSocketGrant(
                one.target(),
                one.query() == QueryPolicy.ANY ? QueryPolicy.ANY : other.query(),
                access,
                List.copyOf(subprotocols),
                one.addresses(),
                // Who of the two gives the access that they are for has them.
                one.sendBudget().or(other::sendBudget),
                one.tls().isDefault() ? other.tls() : one.tls(),
                one.headers().isEmpty() ? other.headers() : one.headers());
    }

    private static boolean offersSubprotocols(Set<Access> access) {
        return access.contains(Access.SUBSCRIBE) || access.contains(Access.EXCHANGE);
    }

    private static Set<Access> common(Set<Access> some, Set<Access> others) {
        Set<Access> both = EnumSet.copyOf(some);
        both.retainAll(others);
        return both;
    }

    private static List<String> common(List<String> some, List<String> others) {
        return some.stream().filter(others::contains).toList();
    }
}
