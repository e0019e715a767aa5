package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** R2 and R8: what is asked and what is given, explained before anything runs. */
final class AuthorityReportTest {

    private static final List<String> MANIFESTS = List.of("silent", "new", "feed", "chat-bridge");

    @Test
    void isTheTextThatIsExpected() {
        assertThat(report(MANIFESTS).toText()).isEqualTo(resource("expected.txt"));
    }

    @Test
    void isTheJsonThatIsExpected() {
        assertThat(report(MANIFESTS).toJson()).isEqualTo(resource("expected.json"));
    }

    @Test
    void doesNotDependOnTheOrderOfManifests() {
        List<String> backwards = new ArrayList<>(MANIFESTS);
        Collections.reverse(backwards);

        assertThat(report(backwards).toText()).isEqualTo(resource("expected.txt"));
        assertThat(report(backwards).toJson()).isEqualTo(resource("expected.json"));
    }

    @Test
    void fitsATerminal() {
        assertThat(report(MANIFESTS).toText().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void showsNeitherAQueryNorASetting() {
        AuthorityReport report = report(MANIFESTS);

        assertThat(report.toText() + report.toJson() + report).doesNotContain("s3cret");
        assertThat(report)
                .hasToString(
                        "AuthorityReport[agrees=false, ReportCounts[connections=11, asked=17, granted=4, partly=1, "
                                + "refused=12, unasked=4, broad=6]]");
    }

    @Test
    void agreesWhereAllThatIsAskedIsGrantedAndNothingElse() {
        AuthorityReport report = AuthorityReport.of(
                List.of(manifest(Access.SUBSCRIBE)),
                new GrantFile(List.of(Grant.of("chat", WebSocketGrant.of("wss://h/v1", Access.SUBSCRIBE)))));

        assertThat(report.agrees()).isTrue();
        assertThat(report.toText()).startsWith("Authority report: all that is asked is granted, and nothing else\n");
    }

    @Test
    void doesNotAgreeWhereSomethingIsRefusedOrUnasked() {
        Manifest manifest = manifest(Access.SUBSCRIBE);
        Grant wider = Grant.of("chat", WebSocketGrant.of("wss://h/v1", Access.SUBSCRIBE, Access.SEND));
        Grant asked = Grant.of("chat", WebSocketGrant.of("wss://h/v1", Access.SUBSCRIBE));

        assertThat(AuthorityReport.of(List.of(manifest), new GrantFile(List.of()))
                        .agrees())
                .isFalse();
        assertThat(AuthorityReport.of(List.of(manifest), new GrantFile(List.of(wider)))
                        .agrees())
                .isFalse();
        assertThat(AuthorityReport.of(List.of(manifest), new GrantFile(List.of(asked, Grant.of("other"))))
                        .agrees())
                .isFalse();
        assertThat(AuthorityReport.of(List.of(), new GrantFile(List.of())).agrees())
                .isTrue();
    }

    @Test
    void whatIsBroadAndAskedForIsNoDisagreement() {
        Manifest manifest = manifest("wss://*/**", Access.SUBSCRIBE);
        Grant grant = Grant.of("chat", WebSocketGrant.ofAnyHost("wss://*/**", Access.SUBSCRIBE));
        AuthorityReport report = AuthorityReport.of(List.of(manifest), new GrantFile(List.of(grant)));

        assertThat(report.agrees()).isTrue();
        assertThat(report.counts().broad()).isEqualTo(1);
        assertThat(report.grants().get(0).entries().get(0).fix()).isEmpty();
    }

    @Test
    void anyQueryIsToldWhereItIsGivenAndAsBroad() {
        AuthorityReport report = AuthorityReport.of(
                List.of(manifest(Access.SUBSCRIBE)),
                new GrantFile(List.of(Grant.of(
                        "chat",
                        WebSocketGrant.of("wss://h/v1", Access.SUBSCRIBE).withQuery(QueryPolicy.ANY)))));

        assertThat(report.agrees()).isTrue();
        assertThat(report.counts().broad()).isEqualTo(1);
        assertThat(report.toText())
                .contains(
                        "granted, with any query",
                        "query         any",
                        "`query: any` is whatever the plugin writes there");
        assertThat(report.toJson()).contains("\"query\" : \"any\"");
    }

    @Test
    void anyQueryIsToldWhereAnotherEntryOffersTheSubprotocol() {
        WebSocketGrant any =
                WebSocketGrant.of("wss://a.example.com/**", Access.SUBSCRIBE).withQuery(QueryPolicy.ANY);
        WebSocketGrant offers =
                WebSocketGrant.of("wss://*.example.com/v1/**", Access.SUBSCRIBE).withSubprotocols(List.of("chat.v2"));
        ConnectionDeclaration declared = ConnectionDeclaration.of(
                "gateway", "wss://*.example.com/**", Set.of(Access.SUBSCRIBE), List.of("chat.v2"));
        ConnectionReport connection = report(declared, Grant.of("chat", any, offers));

        assertThat(connection.access().get(0).given())
                .extracting(given -> given.target() + " " + given.query())
                .containsExactly("wss://*.example.com:443/v1/** DECLARED", "wss://a.example.com:443/v1/** ANY");
    }

    @Test
    void whatTheProxyDialsIsToldAsUncheckedAndAsBroad() {
        Manifest manifest = manifest("wss://127.0.0.1/v1", Access.SUBSCRIBE);
        Grant grant = Grant.of(
                "chat",
                WebSocketGrant.of("wss://127.0.0.1/v1", Access.SUBSCRIBE).withAddresses(AddressPolicy.TRUSTED_PROXY));
        AuthorityReport report = AuthorityReport.of(List.of(manifest), new GrantFile(List.of(grant)));

        assertThat(report.agrees()).isTrue();
        assertThat(report.counts().broad()).isEqualTo(1);
        assertThat(report.toText())
                .contains("granted, through the host's proxy: no address is checked")
                .contains("`trusted-proxy` checks no address: the host's proxy resolves the name");
        assertThat(report.toJson()).contains("\"trusted-proxy\"");
    }

    @Test
    void anEntryWithARoomyListOfNamesIsNotMadeTooLong() {
        List<String> many = IntStream.range(0, 16).mapToObj(i -> "p" + i).toList();
        Grant grant = Grant.of(
                "chat", WebSocketGrant.of("wss://h/v1", Access.SUBSCRIBE).withSubprotocols(many));
        ConnectionDeclaration declared =
                ConnectionDeclaration.of("gateway", "wss://h/v1", Set.of(Access.SUBSCRIBE), List.of("chat.v2"));
        ConnectionReport connection = report(declared, grant);

        assertThat(connection.fix()).map(Fix::action).contains(Fix.Action.ADD_ENTRY);
    }

    @Test
    void namesOfABroadEntryAreListedWhereTheyFitOnAScreen() {
        Grant grant = Grant.of("chat", WebSocketGrant.of("wss://h/**", Access.SUBSCRIBE));

        assertThat(fixOfTheEntry(grant, 16)).contains("target: wss://h:443/c15");
        assertThat(fixOfTheEntry(grant, 17)).isEmpty();
    }

    @Test
    void saysSoWhereNoUriIsShortEnough() {
        String domain = ("d".repeat(60) + ".").repeat(4) + "internals";
        ConnectionDeclaration declared =
                ConnectionDeclaration.of("gateway", "wss://*." + domain + "/", Set.of(Access.SUBSCRIBE), List.of());
        AuthorityReport report =
                AuthorityReport.of(List.of(manifest(List.of(declared))), new GrantFile(List.of(Grant.of("chat"))));

        assertThat(report.toText()).contains("subscribe     REFUSED: no URI under the pattern is short enough\n");
    }

    @Test
    void aGrantForAJarIsReportedAsIfTheManifestWereFromIt() {
        String digest = "sha256:" + "0".repeat(64);
        GrantFile grants = GrantFile.parse(
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: chat\n    digest: " + digest
                        + "\n    websocket: [{ target: 'wss://h/v1', access: [subscribe] }]\n");

        assertThat(AuthorityReport.of(List.of(manifest(Access.SUBSCRIBE)), grants)
                        .agrees())
                .isTrue();
    }

    @Test
    void refusesTwoManifestsOfOnePlugin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report(List.of("feed", "feed")))
                .withMessage("manifests must differ in name, \"example.feed\" is there twice");
    }

    private static String fixOfTheEntry(Grant grant, int connections) {
        List<ConnectionDeclaration> declared = IntStream.range(0, connections)
                .mapToObj(i -> ConnectionDeclaration.of("c" + i, "wss://h/c" + i, Set.of(Access.SUBSCRIBE), List.of()))
                .toList();
        return AuthorityReport.of(List.of(manifest(declared)), new GrantFile(List.of(grant)))
                .grants()
                .get(0)
                .entries()
                .get(0)
                .fix()
                .map(Fix::yaml)
                .orElse("");
    }

    private static ConnectionReport report(ConnectionDeclaration declared, Grant grant) {
        return AuthorityReport.of(List.of(manifest(List.of(declared))), new GrantFile(List.of(grant)))
                .plugins()
                .get(0)
                .connections()
                .get(0);
    }

    private static AuthorityReport report(List<String> manifests) {
        return AuthorityReport.of(
                manifests.stream()
                        .map(name -> Manifest.parse(name, resource(name + ".yaml")))
                        .toList(),
                GrantFile.parse("grants.yaml", resource("grants.yaml")));
    }

    private static Manifest manifest(Access access) {
        return manifest("wss://h/v1", access);
    }

    private static Manifest manifest(String target, Access access) {
        return manifest(List.of(ConnectionDeclaration.of("gateway", target, Set.of(access), List.of())));
    }

    private static Manifest manifest(List<ConnectionDeclaration> declared) {
        return new Manifest("chat", "1.0.0", List.of(new ServiceDeclaration("bridge", "Bridge", declared)));
    }

    private static String resource(String name) {
        try (InputStream in = AuthorityReportTest.class.getResourceAsStream("report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
