package io.headgate.host.authority;

import io.headgate.host.authority.AccessReport.Given;
import io.headgate.host.authority.AccessReport.Result;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the authority about one connection. It decides nothing: what it reports are the authority's answers. */
final class ConnectionInquiry {

    private final Authority authority;
    private final ConnectionDeclaration declared;
    /** By pattern, a URI for which the answer is that for all under the pattern that no narrower one covers. */
    private final Map<TargetPattern, Target> samples;

    ConnectionInquiry(Authority authority, ConnectionDeclaration declared, List<WebSocketGrant> entries) {
        this.authority = authority;
        this.declared = declared;
        this.samples = samples(declared, entries);
    }

    AccessReport about(Access access) {
        if (access == Access.EXCHANGE && declared.dialTarget().isEmpty()) {
            Verdict verdict = authority.exchange(declared.name());
            return new AccessReport(access, Result.REFUSED, List.of(), Optional.empty(), refusal(verdict));
        }
        Optional<Target> sample = Optional.ofNullable(samples.get(declared.target()));
        Optional<Verdict> verdict = sample.map(target -> ask(access, target));
        List<Given> given = given(access);
        Result some = given.isEmpty() ? Result.REFUSED : Result.PARTLY;
        Result result = verdict.filter(Verdict.Allowed.class::isInstance).isPresent() ? Result.GRANTED : some;
        return new AccessReport(access, result, given, sample, verdict.flatMap(ConnectionInquiry::refusal));
    }

    private List<Given> given(Access access) {
        List<Given> all = samples.entrySet().stream()
                .filter(sample -> ask(access, sample.getValue()) instanceof Verdict.Allowed)
                .map(sample -> given(access, sample.getKey(), sample.getValue()))
                .toList();
        return all.stream()
                .filter(here -> all.stream().noneMatch(wider -> !wider.equals(here) && says(wider, here)))
                .sorted(Comparator.comparing((Given here) -> !here.target().equals(declared.target()))
                        .thenComparing(here -> here.target().toString()))
                .toList();
    }

    private Given given(Access access, TargetPattern region, Target sample) {
        DialTerms terms = authority.terms(declared.name(), sample, access);
        return new Given(
                region,
                terms.subprotocols(),
                terms.addresses().ranges(),
                terms.tls().facts(),
                access == Access.SUBSCRIBE ? authority.query(declared.name(), sample) : QueryPolicy.DECLARED);
    }

    private static Map<TargetPattern, Target> samples(ConnectionDeclaration declared, List<WebSocketGrant> entries) {
        Optional<Target> only = declared.dialTarget();
        if (only.isPresent()) {
            return Map.of(declared.target(), only.get());
        }
        Map<TargetPattern, Target> samples = new LinkedHashMap<>();
        Stream.of(Stream.of(declared.target()), targets(entries), crossings(declared, entries))
                .flatMap(targets -> targets)
                .flatMap(target -> target.intersection(declared.target()).stream())
                .distinct()
                .forEach(
                        region -> SampleTarget.under(region, entries).ifPresent(sample -> samples.put(region, sample)));
        return samples;
    }

    private static Stream<TargetPattern> targets(List<WebSocketGrant> entries) {
        return entries.stream().map(WebSocketGrant::target);
    }

    /** Where one entry lets any query pass and offers nothing that is asked for, and another one offers it: there alone is both. */
    private static Stream<TargetPattern> crossings(ConnectionDeclaration declared, List<WebSocketGrant> entries) {
        return entries.stream()
                .filter(entry -> entry.query() == QueryPolicy.ANY && !offers(entry, declared))
                .flatMap(entry -> entries.stream()
                        .filter(other -> offers(other, declared))
                        .flatMap(other -> entry.target().intersection(other.target()).stream()));
    }

    private static boolean offers(WebSocketGrant entry, ConnectionDeclaration declared) {
        return !Collections.disjoint(entry.subprotocols(), declared.subprotocols());
    }

    private Verdict ask(Access access, Target target) {
        return switch (access) {
            case SUBSCRIBE -> dial(access, target, authority.subscribe(declared.name(), target));
            case SEND -> authority.send(declared.name(), target);
            case EXCHANGE -> dial(access, target, authority.exchange(declared.name(), target));
        };
    }

    /** Where the declared host is an address, what the dial would be told is known before it. */
    private Verdict dial(Access access, Target target, Verdict allowed) {
        if (allowed instanceof Verdict.Refused) {
            return allowed;
        }
        AddressPolicy addresses =
                authority.terms(declared.name(), target, access).addresses();
        return HostAddress.of(declared.target().host())
                .filter(address -> !addresses.isTrustedProxy())
                .flatMap(address -> RefusedAddresses.of(addresses, List.of(address)))
                .<Verdict>map(refused -> authority.addressNotGranted(declared.name(), target, access, refused))
                .orElse(Verdict.ALLOWED);
    }

    private static boolean says(Given wider, Given here) {
        return wider.target().covers(here.target())
                && wider.subprotocols().equals(here.subprotocols())
                && wider.addresses().equals(here.addresses())
                && wider.tls().equals(here.tls())
                && wider.query() == here.query();
    }

    private static Optional<Verdict.Refused> refusal(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? Optional.of(refused) : Optional.empty();
    }
}
