package io.headgate.host.authority;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Manifests of the plugin {@code p} and grants for it, whose targets overlap in many ways. */
final class OverlappingGrants {

    private static final List<String> TARGETS = List.of(
            "wss://a.example.com/v1",
            "wss://a.example.com/v1?q=1",
            "wss://a.example.com/v1?q=2",
            "wss://a.example.com/v10",
            "wss://a.b.example.com/v1/x",
            "wss://example.com/v1",
            "ws://a.example.com/v1",
            "wss://bücher.example/v1",
            "wss://[2001:db8::7]/v1");
    private static final List<String> PATTERNS = List.of(
            "wss://a.example.com/v1",
            "wss://a.example.com/**",
            "wss://*.example.com/v1/**",
            "wss://*.example.com/**",
            "ws://a.example.com/**",
            "wss://xn--bcher-kva.example/v1",
            "wss://*/**",
            "wss://*/v1",
            "wss://[2001:db8::7]/v1",
            "wss://[2001:db8::7]/**");

    private OverlappingGrants() {}

    static Arbitrary<Target> targets() {
        return Arbitraries.of(TARGETS).map(Target::parse);
    }

    static Arbitrary<TargetPattern> patterns() {
        return Arbitraries.of(PATTERNS).map(TargetPattern::parse);
    }

    /** One service {@code s} with one connection {@code c}. */
    static Arbitrary<Manifest> manifests() {
        return declarations().map(declared -> manifest(List.of(declared)));
    }

    /** Two services, with connections {@code c0} and on. */
    static Arbitrary<Manifest> largerManifests() {
        return declarations().list().ofMinSize(2).ofMaxSize(4).map(OverlappingGrants::manifest);
    }

    static Arbitrary<Grant> grants() {
        Arbitrary<WebSocketGrant> entry = Combinators.combine(
                        patterns(), queries(), access(), subprotocols(), addresses(), budgets(), headers())
                .as(OverlappingGrants::entry);
        return Combinators.combine(
                        entry.list().ofMaxSize(4),
                        Arbitraries.of(Optional.<String>empty(), Optional.of("1"), Optional.of("2")))
                .as((entries, release) -> release.map(Grant.of("p")::withRelease)
                        .orElse(Grant.of("p"))
                        .withWebsocket(entries));
    }

    static Arbitrary<Optional<SendBudget>> budgets() {
        return Arbitraries.of("120/60s", "5/1s").map(SendBudget::parse).optional();
    }

    /** As {@link UnreadReferences} leaves them. Of one name all are alike: no two entries contradict each other. */
    static Arbitrary<Map<String, HeaderValue>> headers() {
        return Arbitraries.maps(Arbitraries.of("Authorization", "X-Key", "Cookie"), Arbitraries.just(""))
                .ofMaxSize(2)
                .map(names -> {
                    Map<String, HeaderValue> headers = new LinkedHashMap<>();
                    names.keySet().stream().sorted().forEach(name -> headers.put(name, referring(name)));
                    return headers;
                });
    }

    private static HeaderValue referring(String name) {
        return HeaderValue.of("unread", Optional.of("${file:/\\ \"" + name + "}"));
    }

    static Arbitrary<QueryPolicy> queries() {
        return Arbitraries.of(QueryPolicy.class);
    }

    /** With the query, the budget and the headers where there is something that they are for. */
    static WebSocketGrant entry(
            TargetPattern target,
            QueryPolicy query,
            Set<Access> access,
            List<String> subprotocols,
            AddressPolicy addresses,
            Optional<SendBudget> budget,
            Map<String, HeaderValue> headers) {
        boolean sends = !target.isAnyHost() && !EntryConflict.dialling(access).isEmpty();
        return new WebSocketGrant(
                target,
                access.contains(Access.SUBSCRIBE) ? query : QueryPolicy.DECLARED,
                access,
                subprotocols,
                addresses,
                budget.filter(unused -> access.contains(Access.SEND)),
                TlsSettings.defaults(),
                sends ? headers : Map.of());
    }

    private static Arbitrary<ConnectionDeclaration> declarations() {
        List<String> declarable = new ArrayList<>(TARGETS);
        declarable.addAll(PATTERNS);
        return Combinators.combine(Arbitraries.of(declarable), access(), subprotocols())
                .as((target, access, subprotocols) -> ConnectionDeclaration.of("c", target, access, subprotocols));
    }

    private static Manifest manifest(List<ConnectionDeclaration> declared) {
        if (declared.size() == 1) {
            return new Manifest("p", "1", List.of(new ServiceDeclaration("s", "C", declared)));
        }
        List<ConnectionDeclaration> named = IntStream.range(0, declared.size())
                .mapToObj(i -> named("c" + i, declared.get(i)))
                .toList();
        return new Manifest(
                "p",
                "1",
                List.of(
                        new ServiceDeclaration("s", "C", named.subList(0, 1)),
                        new ServiceDeclaration("t", "C", named.subList(1, named.size()))));
    }

    private static ConnectionDeclaration named(String name, ConnectionDeclaration declared) {
        return new ConnectionDeclaration(
                name, declared.target(), declared.dialTarget(), declared.access(), declared.subprotocols());
    }

    private static Arbitrary<AddressPolicy> addresses() {
        return Arbitraries.of(
                AddressPolicy.PUBLIC,
                AddressPolicy.PRIVATE,
                AddressPolicy.of("2001:db8::/32"),
                AddressPolicy.TRUSTED_PROXY,
                AddressPolicy.of("public", "loopback"));
    }

    private static Arbitrary<Set<Access>> access() {
        return Arbitraries.of(Access.class).set().ofMinSize(1);
    }

    private static Arbitrary<List<String>> subprotocols() {
        return Arbitraries.of("a", "b", "c").list().uniqueElements().ofMaxSize(2);
    }
}
