package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Invariant 1: nothing is allowed that manifest and grant do not both allow. */
final class AuthorityPropertiesTest {

    @Property(tries = 2000)
    void allowsOnlyWhatTheManifestAndTheGrantAllow(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        ConnectionDeclaration declared = declared(manifest);
        Authority authority = authority(manifest, grant);

        for (Access access : Access.values()) {
            boolean byManifest =
                    declared.access().contains(access) && declared.target().matches(target);
            boolean byQuery = access == Access.SEND
                    || target.query().isEmpty()
                    || declared.dialTarget().filter(target::equals).isPresent()
                    || (access == Access.SUBSCRIBE
                            && grant.websocket().stream()
                                    .anyMatch(entry -> entry.query() == QueryPolicy.ANY
                                            && entry.target().matches(target)));
            boolean byGrant = grant.release().orElse("1").equals("1")
                    && grant.websocket().stream()
                            .anyMatch(entry -> entry.access().contains(access)
                                    && entry.target().matches(target));
            boolean byProtocol = access == Access.SEND
                    || declared.subprotocols().isEmpty()
                    || !offered(authority, access, target).isEmpty();
            assertThat(isAllowed(authority, access, target)).isEqualTo(byManifest && byGrant && byQuery && byProtocol);
        }
    }

    @Property(tries = 1000)
    void theOrderAndTheDuplicatesOfGrantEntriesDoNotMatter(
            @ForAll("manifests") Manifest manifest,
            @ForAll("grants") Grant grant,
            @ForAll("targets") Target target,
            @ForAll Random random) {
        List<WebSocketGrant> entries = new ArrayList<>(grant.websocket());
        entries.addAll(grant.websocket());
        Collections.shuffle(entries, random);
        Authority one = authority(manifest, grant);
        Authority other = authority(manifest, grant.withWebsocket(entries));

        assertThat(other.subscribe("c", target)).isEqualTo(one.subscribe("c", target));
        assertThat(other.send("c", target)).isEqualTo(one.send("c", target));
        assertThat(other.exchange("c", target)).isEqualTo(one.exchange("c", target));
        assertThat(other.exchange("c")).isEqualTo(one.exchange("c"));
        assertThat(other.terms("c", target, Access.SUBSCRIBE)).isEqualTo(one.terms("c", target, Access.SUBSCRIBE));
        assertThat(other.sendBudgets("c", target)).containsExactlyInAnyOrderElementsOf(one.sendBudgets("c", target));
        assertThat(other.terms("c", target, Access.EXCHANGE)).isEqualTo(one.terms("c", target, Access.EXCHANGE));
    }

    @Property(tries = 1000)
    void offersOnlyWhatIsAskedForAndGranted(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        for (Access access : List.of(Access.SUBSCRIBE, Access.EXCHANGE)) {
            List<String> offered = offered(authority(manifest, grant), access, target);
            List<String> granted = grant.websocket().stream()
                    .filter(entry ->
                            entry.access().contains(access) && entry.target().matches(target))
                    .flatMap(entry -> entry.subprotocols().stream())
                    .toList();

            assertThat(offered).isSubsetOf(granted);
            assertThat(offered)
                    .isEqualTo(declared(manifest).subprotocols().stream()
                            .filter(offered::contains)
                            .toList());
        }
    }

    /** Pitfall 4: whoever writes trusted-proxy gives the check away, for what that entry covers, and nobody else does. */
    @Property(tries = 2000)
    void throughTheProxyExactlyWhereAnEntrySaysSo(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        Authority authority = authority(manifest, grant);
        for (Access access : List.of(Access.SUBSCRIBE, Access.EXCHANGE)) {
            boolean said = grant.websocket().stream()
                    .filter(entry ->
                            entry.access().contains(access) && entry.target().matches(target))
                    .anyMatch(entry -> entry.addresses().equals(AddressPolicy.TRUSTED_PROXY));

            assertThat(authority.terms("c", target, access).addresses().isTrustedProxy())
                    .isEqualTo(said && isAllowed(authority, access, target));
        }
    }

    @Property(tries = 1000)
    void eachBudgetThatCoversATargetHoldsAndNoOther(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        Authority authority = authority(manifest, grant);
        Set<SendBudget> covering = new HashSet<>();
        for (WebSocketGrant entry : grant.websocket()) {
            if (entry.target().matches(target)) {
                entry.sendBudget().ifPresent(covering::add);
            }
        }

        assertThat(authority.sendBudgets("c", target))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(isAllowed(authority, Access.SEND, target) ? covering : Set.of());
    }

    @Property(tries = 1000)
    void anExchangeIsDialledAtTheDeclaredTargetOrNotAtAll(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant) {
        Authority authority = authority(manifest, grant);
        Optional<Target> target = authority.declaredTarget("c");

        assertThat(authority.exchange("c") instanceof Verdict.Allowed)
                .isEqualTo(target.isPresent() && isAllowed(authority, Access.EXCHANGE, target.get()));
    }

    @Provide
    Arbitrary<Target> targets() {
        return OverlappingGrants.targets();
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return OverlappingGrants.manifests();
    }

    @Provide
    Arbitrary<Grant> grants() {
        return OverlappingGrants.grants();
    }

    private static ConnectionDeclaration declared(Manifest manifest) {
        return manifest.services().get(0).connections().get(0);
    }

    private static Authority authority(Manifest manifest, Grant grant) {
        return Authority.of(manifest, manifest.services().get(0), grant, 1);
    }

    private static List<String> offered(Authority authority, Access access, Target target) {
        return authority.terms("c", target, access).subprotocols();
    }

    private static boolean isAllowed(Authority authority, Access access, Target target) {
        Verdict verdict = switch (access) {
            case SUBSCRIBE -> authority.subscribe("c", target);
            case SEND -> authority.send("c", target);
            case EXCHANGE -> authority.exchange("c", target);
        };
        return verdict instanceof Verdict.Allowed;
    }
}
