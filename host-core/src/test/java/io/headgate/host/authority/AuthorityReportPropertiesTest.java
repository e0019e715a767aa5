package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** R2 and R8: the report says what the authority says, and what it tells to write mends what it names. */
final class AuthorityReportPropertiesTest {

    private static final Target LITERAL = Target.parse("wss://[2001:db8::7]/v1");
    private static final InetAddress ADDRESS = address();

    /** For the grant or its release, for each connection, and for each of up to four entries. */
    private static final int MOST_STEPS = 1 + 4 + 4;

    @Property(tries = 2000)
    void theReportAndTheAuthorityAgree(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        for (PluginReport plugin : report(manifest, file(grant)).plugins()) {
            for (ConnectionReport connection : plugin.connections()) {
                ConnectionDeclaration declared = connection.declared();
                if (!declared.target().matches(target)) {
                    continue;
                }
                Target asked = declared.dialTarget().orElse(target);
                Target dialled =
                        declared.dialTarget().isEmpty() && !asked.query().isEmpty()
                                ? Target.parse(asked.toString())
                                : asked;
                Authority authority = authority(manifest, connection, Optional.of(grant));
                assertAgree(authority, connection, dialled);
                assertAgreeAboutQueries(authority, connection, dialled);
            }
        }
    }

    @Property(tries = 500)
    void whatIsRefusedIsTheAuthoritysAnswer(@ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant) {
        for (ConnectionReport connection :
                report(manifest, file(grant)).plugins().get(0).connections()) {
            Authority authority = authority(manifest, connection, Optional.of(grant));
            connection
                    .access()
                    .forEach(access -> assertThat(access.refused())
                            .isEqualTo(Optional.of(access.sample()
                                            .map(sample -> ask(authority, connection, access.access(), sample))
                                            .orElseGet(() -> authority.exchange(
                                                    connection.declared().name())))
                                    .filter(Verdict.Refused.class::isInstance)
                                    .map(Verdict.Refused.class::cast)));
        }
    }

    @Property(tries = 500)
    void aConnectionsFixGivesAllThatAnEntryCanGive(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant) {
        for (ConnectionReport connection :
                report(manifest, file(grant)).plugins().get(0).connections()) {
            connection.fix().ifPresent(fix -> {
                GrantFile mended = AppliedFix.to(file(grant), "p", fix);
                ConnectionReport after = same(connection, report(manifest, mended));

                assertThat(after.fix()).isEmpty();
                assertThat(after.access())
                        .allMatch(access -> access.isGranted() || isExchangeUnderAPattern(after, access));
                assertThat(after.notOffered()).isSubsetOf(connection.notOffered());
            });
        }
    }

    @Property(tries = 500)
    void mendedStepByStepAllThatIsAskedIsGrantedAndNothingElse(
            @ForAll("manifests") Manifest manifest, @ForAll("files") GrantFile file) {
        GrantFile current = file;
        for (int step = 0; step < MOST_STEPS; step++) {
            AuthorityReport report = report(manifest, current);
            Optional<Fix> next = next(report);
            if (next.isEmpty()) {
                break;
            }
            current = AppliedFix.to(current, "p", next.get());
        }
        AuthorityReport mended = report(manifest, current);

        assertThat(next(mended)).isEmpty();
        assertThat(mended.counts().unasked()).isZero();
        assertThat(mended.plugins().get(0).connections())
                .allSatisfy(connection -> assertThat(connection.access())
                        .allMatch(access -> access.isGranted() || isExchangeUnderAPattern(connection, access)));
    }

    @Property(tries = 1000)
    void whatMendsAGrantTakesNothingThatIsAsked(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        AuthorityReport before = report(manifest, file(grant));
        for (EntryReport entry : before.grants().get(0).entries()) {
            entry.fix().ifPresent(fix -> {
                Grant mended = AppliedFix.to(file(grant), "p", fix).grants().get(0);
                before.plugins()
                        .get(0)
                        .connections()
                        .forEach(connection -> assertSameAnswers(manifest, connection, grant, mended, target));
            });
        }
    }

    @Property(tries = 500)
    void theOrderOfTheGrantFileDoesNotMatter(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll Random random) {
        List<WebSocketGrant> entries = new ArrayList<>(grant.websocket());
        Collections.shuffle(entries, random);
        List<Grant> grants = new ArrayList<>(List.of(grant.withWebsocket(entries), Grant.of("q"), Grant.of("a")));
        AuthorityReport one = report(manifest, new GrantFile(List.of(Grant.of("a"), grant, Grant.of("q"))));
        Collections.shuffle(grants, random);
        AuthorityReport other = report(manifest, new GrantFile(grants));

        assertThat(other.toText()).isEqualTo(one.toText());
        assertThat(other.toJson()).isEqualTo(one.toJson());
    }

    @Provide
    Arbitrary<Target> targets() {
        return OverlappingGrants.targets();
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return OverlappingGrants.largerManifests();
    }

    @Provide
    Arbitrary<Grant> grants() {
        return OverlappingGrants.grants();
    }

    @Provide
    Arbitrary<GrantFile> files() {
        return OverlappingGrants.grants()
                .map(AuthorityReportPropertiesTest::file)
                .optional()
                .map(file -> file.orElse(new GrantFile(List.of())));
    }

    private static void assertAgree(Authority authority, ConnectionReport connection, Target target) {
        for (AccessReport access : connection.access()) {
            if (isExchangeUnderAPattern(connection, access)) {
                assertThat(access.given()).isEmpty();
                continue;
            }
            boolean given =
                    access.given().stream().anyMatch(where -> where.target().matches(target));
            assertThat(ask(authority, connection, access.access(), target) instanceof Verdict.Allowed)
                    .isEqualTo(given);
            assertThat(
                            switch (access.result()) {
                                case GRANTED -> given;
                                case PARTLY ->
                                    connection.isOpen() && !access.given().isEmpty();
                                case REFUSED -> !given;
                            })
                    .isTrue();
        }
    }

    private static void assertAgreeAboutQueries(Authority authority, ConnectionReport connection, Target target) {
        Target ticket = new Target(target.scheme(), target.host(), target.port(), target.path(), "ticket=1");
        for (AccessReport access : connection.access()) {
            if (access.access() != Access.SUBSCRIBE) {
                assertThat(access.given()).allMatch(given -> given.query() == QueryPolicy.DECLARED);
                continue;
            }
            assertThat(ask(authority, connection, Access.SUBSCRIBE, ticket) instanceof Verdict.Allowed)
                    .isEqualTo(access.given().stream()
                            .anyMatch(given -> given.query() == QueryPolicy.ANY
                                    && given.target().matches(target)));
        }
    }

    private static void assertSameAnswers(
            Manifest manifest, ConnectionReport connection, Grant before, Grant after, Target target) {
        Authority one = authority(manifest, connection, Optional.of(before));
        Authority other = authority(manifest, connection, Optional.of(after));
        String name = connection.declared().name();
        for (AccessReport access : connection.access()) {
            assertThat(ask(other, connection, access.access(), target) instanceof Verdict.Allowed)
                    .isEqualTo(ask(one, connection, access.access(), target) instanceof Verdict.Allowed);
            assertThat(other.terms(name, target, access.access())).isEqualTo(one.terms(name, target, access.access()));
            assertThat(other.sendBudgets(name, target))
                    .containsExactlyInAnyOrderElementsOf(one.sendBudgets(name, target));
        }
    }

    /** What is missing first, then what is too much. */
    private static Optional<Fix> next(AuthorityReport report) {
        PluginReport plugin = report.plugins().get(0);
        return Stream.of(
                        plugin.fix().stream(),
                        plugin.connections().stream().flatMap(connection -> connection.fix().stream()),
                        report.grants().stream()
                                .flatMap(grant -> grant.entries().stream())
                                .flatMap(entry -> entry.fix().stream()))
                .flatMap(fixes -> fixes)
                .findFirst();
    }

    private static boolean isExchangeUnderAPattern(ConnectionReport connection, AccessReport access) {
        return connection.isOpen() && access.access() == Access.EXCHANGE;
    }

    private static ConnectionReport same(ConnectionReport connection, AuthorityReport report) {
        return report.plugins().get(0).connections().stream()
                .filter(other -> other.declared().equals(connection.declared()))
                .findFirst()
                .orElseThrow();
    }

    /** As the host would: first the authority, then about the address where no name is declared. */
    private static Verdict ask(Authority authority, ConnectionReport connection, Access access, Target target) {
        String name = connection.declared().name();
        Verdict verdict = switch (access) {
            case SUBSCRIBE -> authority.subscribe(name, target);
            case SEND -> authority.send(name, target);
            case EXCHANGE -> authority.exchange(name, target);
        };
        boolean literal = connection.declared().target().host().equals(LITERAL.host());
        boolean dialled = verdict instanceof Verdict.Allowed && access != Access.SEND && literal;
        AddressPolicy addresses = authority.terms(name, target, access).addresses();
        return dialled && !addresses.isTrustedProxy()
                ? RefusedAddresses.of(addresses, List.of(ADDRESS))
                        .<Verdict>map(refused -> authority.addressNotGranted(name, target, access, refused))
                        .orElse(verdict)
                : verdict;
    }

    private static Authority authority(Manifest manifest, ConnectionReport connection, Optional<Grant> grant) {
        return Authority.of(manifest, manifest.service(connection.service()).orElseThrow(), grant.orElse(null), 1);
    }

    private static AuthorityReport report(Manifest manifest, GrantFile grants) {
        return AuthorityReport.of(List.of(manifest), grants);
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByName("2001:db8::7");
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static GrantFile file(Grant grant) {
        return new GrantFile(List.of(grant));
    }
}
