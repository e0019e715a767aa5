package io.headgate.host.authority;

import static io.headgate.host.authority.Access.EXCHANGE;
import static io.headgate.host.authority.Access.SEND;
import static io.headgate.host.authority.Access.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R2 and R8: the intersection of manifest and grant, every unknown a refusal that can be acted on. */
final class AuthorityTest {

    private static final String URI = "wss://gateway.example.com/v1";
    private static final Target TARGET = Target.parse(URI);

    @Test
    void allowsWhatIsDeclaredAndGranted() {
        Authority authority = authority(declared(URI, SUBSCRIBE, SEND), Grant.of("chat", granted(SUBSCRIBE, SEND)));

        assertThat(authority.subscribe("gateway", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.send("gateway", Target.parse(URI))).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.declaredTarget("gateway")).contains(TARGET);
        assertThat(authority.version()).isEqualTo(7);
        assertThat(authority).hasToString("Authority[chat/bridge, version 7, connections [gateway]]");
    }

    @Test
    void entriesOfAGrantAddUp() {
        Authority authority =
                authority(declared(URI, SUBSCRIBE, SEND), Grant.of("chat", granted(SEND), granted(SUBSCRIBE)));

        assertThat(authority.subscribe("gateway", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.send("gateway", TARGET)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void refusesAConnectionThatIsNotDeclared() {
        Authority authority = authority(declared(URI, SUBSCRIBE), Grant.of("chat", granted(SUBSCRIBE, SEND)));

        assertRefused(
                authority.subscribe("a\nb", TARGET),
                "connection-not-declared: the manifest declares no connection \"a\\nb\" of chat/bridge; "
                        + "use one of [gateway] or declare it in the manifest");
        assertThat(authority.send("other", TARGET)).isInstanceOf(Verdict.Refused.class);
        assertThat(authority.terms("other", TARGET, Access.SUBSCRIBE).subprotocols())
                .isEmpty();
        assertThat(authority.declaredTarget("other")).isEmpty();
    }

    @Test
    void refusesATargetThatIsNotDeclared() {
        Grant grant = Grant.of("chat", WebSocketGrant.of("wss://gateway.example.com/**", SUBSCRIBE, SEND));
        Authority authority = authority(declared(URI, SUBSCRIBE, SEND), grant);

        assertRefused(
                authority.send("gateway", Target.parse("wss://gateway.example.com/v2")),
                "target-not-declared: connection gateway is declared for wss://gateway.example.com:443/v1, not for "
                        + "wss://gateway.example.com:443/v2; "
                        + "declare a connection for the target in the manifest of chat");
    }

    @Test
    void refusesAnotherQueryThanTheDeclaredOneAndShowsNone() {
        Authority authority =
                authority(declared(URI + "?token=s3cret", SUBSCRIBE), Grant.of("chat", granted(SUBSCRIBE)));

        assertThat(authority.subscribe("gateway", Target.parse(URI + "?token=s3cret")))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(authority.subscribe("gateway", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertRefused(
                authority.subscribe("gateway", Target.parse(URI + "?token=guess")),
                "query-not-granted: wss://gateway.example.com:443/v1 is granted, and not with a query that the manifest does not"
                        + " declare; add `query: any` to wss://gateway.example.com:443/v1 in the grant of chat, or declare that"
                        + " query in its manifest, or open it without");
    }

    @Test
    void allowsAnyQueryWhereAnEntrySaysSoAndOnlyForWhatThePluginOpens() {
        WebSocketGrant entry = granted(SUBSCRIBE, SEND, EXCHANGE).withQuery(QueryPolicy.ANY);
        Authority authority = authority(declared(URI + "?v=1", SUBSCRIBE, SEND, EXCHANGE), Grant.of("chat", entry));
        Target ticket = Target.parse(URI + "?ticket=s3cret");

        assertThat(authority.subscribe("gateway", ticket)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.send("gateway", ticket)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.terms("gateway", ticket, SUBSCRIBE))
                .isEqualTo(authority.terms("gateway", TARGET, SUBSCRIBE));
        assertRefused(
                authority.exchange("gateway", ticket),
                "query-not-granted: wss://gateway.example.com:443/v1 is granted, and not with a query that the manifest does not"
                        + " declare; use the declared target: no grant gives an exchange another query");
        assertThat(authority.terms("gateway", ticket, EXCHANGE)).isEqualTo(DialTerms.NONE);
    }

    @Test
    void oneEntryThatLetsAnyQueryPassIsEnoughAndAllElseHoldsAsWithoutIt() {
        SendBudget budget = SendBudget.parse("5/1s");
        Authority authority = authority(
                declared("wss://gateway.example.com/**", SUBSCRIBE, SEND),
                Grant.of(
                        "chat",
                        WebSocketGrant.of("wss://gateway.example.com/**", SUBSCRIBE, SEND)
                                .withSendBudget(budget)
                                .withAddresses(AddressPolicy.LOOPBACK),
                        granted(SUBSCRIBE).withQuery(QueryPolicy.ANY)));
        Target ticket = Target.parse(URI + "?ticket=s3cret");

        assertThat(authority.subscribe("gateway", ticket)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.terms("gateway", ticket, SUBSCRIBE))
                .isEqualTo(authority.terms("gateway", TARGET, SUBSCRIBE));
        assertThat(authority.sendBudgets("gateway", ticket)).containsExactly(budget);
        assertThat(rule(authority.subscribe("gateway", Target.parse("wss://gateway.example.com/v2?ticket=s3cret"))))
                .isEqualTo(Rule.QUERY_NOT_GRANTED);
    }

    @Test
    void theRemedyForAQueryNamesTheNarrowestEntry() {
        Authority authority = authority(
                declared(URI, SUBSCRIBE),
                Grant.of(
                        "chat",
                        WebSocketGrant.ofAnyHost("wss://*/**", SUBSCRIBE),
                        WebSocketGrant.of("wss://gateway.example.com/**", SUBSCRIBE),
                        granted(SUBSCRIBE)));

        assertThat(((Verdict.Refused) authority.subscribe("gateway", Target.parse(URI + "?a=b"))).remedy())
                .startsWith("add `query: any` to wss://gateway.example.com:443/v1 in");
    }

    @Test
    void refusesAnyQueryUnderADeclaredPattern() {
        String pattern = "wss://gateway.example.com/**";
        Authority authority =
                authority(declared(pattern, SUBSCRIBE), Grant.of("chat", WebSocketGrant.of(pattern, SUBSCRIBE)));

        assertThat(authority.declaredTarget("gateway")).isEmpty();
        assertThat(authority.subscribe("gateway", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertThat(rule(authority.subscribe("gateway", Target.parse(URI + "?a=b"))))
                .isEqualTo(Rule.QUERY_NOT_GRANTED);
    }

    @Test
    void refusesAccessThatIsNotDeclared() {
        Authority authority = authority(declared(URI, SUBSCRIBE), Grant.of("chat", granted(SUBSCRIBE, SEND)));

        assertRefused(
                authority.send("gateway", TARGET),
                "access-not-declared: connection gateway is declared without the access `send`; "
                        + "add `send` to its access in the manifest of chat");
    }

    @Test
    void refusesAPluginWithoutAGrantOrWithAnothersGrant() {
        String refusal = "plugin-not-granted: no grant names the plugin chat; add a grant for chat to the grant file";

        assertRefused(authority(declared(URI, SUBSCRIBE), null).subscribe("gateway", TARGET), refusal);
        assertRefused(
                authority(declared(URI, SUBSCRIBE), Grant.of("other", granted(SUBSCRIBE)))
                        .subscribe("gateway", TARGET),
                refusal);
    }

    @Test
    void refusesAnotherReleaseThanTheGrantedOne() {
        Grant grant = Grant.of("chat", granted(SUBSCRIBE));

        assertThat(authority(declared(URI, SUBSCRIBE), grant.withRelease("1.2.0"))
                        .subscribe("gateway", TARGET))
                .isEqualTo(Verdict.ALLOWED);
        assertRefused(
                authority(declared(URI, SUBSCRIBE), grant.withRelease("1.3.0")).subscribe("gateway", TARGET),
                "plugin-not-granted: the grant of chat is for release 1.3.0, the plugin's is 1.2.0; "
                        + "set `release: 1.2.0` in the grant of chat, or leave it out");
    }

    @Test
    void refusesATargetThatIsNotGranted() {
        Grant grant = Grant.of("chat", WebSocketGrant.of("wss://gateway.example.com/v2/**", SUBSCRIBE, SEND));

        assertRefused(
                authority(declared(URI + "?token=s3cret", SUBSCRIBE), grant)
                        .subscribe("gateway", Target.parse(URI + "?token=s3cret")),
                "target-not-granted: no entry of the grant of chat covers wss://gateway.example.com:443/v1; "
                        + "add to the grant of chat a websocket entry with target "
                        + "wss://gateway.example.com:443/v1 and access [subscribe]");
    }

    @Test
    void saysThatAHostIsGrantedWithTlsOnly() {
        Grant grant = Grant.of("chat", WebSocketGrant.of("wss://*.example.com/**", SUBSCRIBE));
        String plain = "ws://gateway.example.com/v1";
        String entry =
                "add to the grant of chat a websocket entry with target ws://gateway.example.com:80/v1 and access "
                        + "[subscribe]";

        assertRefused(
                authority(declared(plain, SUBSCRIBE), grant).subscribe("gateway", Target.parse(plain)),
                "target-not-granted: no entry of the grant of chat covers ws://gateway.example.com:80/v1; its host is "
                        + "granted with wss:// only: dial it with wss://, or " + entry);
        assertRefused(
                authority(declared(plain, SUBSCRIBE), Grant.of("chat", WebSocketGrant.of("wss://h/", SUBSCRIBE)))
                        .subscribe("gateway", Target.parse(plain)),
                "target-not-granted: no entry of the grant of chat covers ws://gateway.example.com:80/v1; " + entry);
        assertThat(authority(declared(plain, SUBSCRIBE), Grant.of("chat", WebSocketGrant.of(plain, SUBSCRIBE)))
                        .subscribe("gateway", Target.parse(plain)))
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void refusesAccessThatIsNotGranted() {
        assertRefused(
                authority(declared(URI, SUBSCRIBE, SEND), Grant.of("chat", granted(SUBSCRIBE)))
                        .send("gateway", TARGET),
                "send-not-granted: wss://gateway.example.com:443/v1 is granted without the access `send`; "
                        + "add `send` to the access of wss://gateway.example.com:443/v1 in the grant of chat");
        assertRefused(
                authority(declared(URI, SUBSCRIBE, SEND), Grant.of("chat", granted(SEND)))
                        .subscribe("gateway", TARGET),
                "subscribe-not-granted: wss://gateway.example.com:443/v1 is granted without the access `subscribe`; "
                        + "add `subscribe` to the access of wss://gateway.example.com:443/v1 in the grant of chat");
    }

    @Test
    void exchangeGivesNeitherSubscribeNorSend() {
        Authority authority =
                authority(declared(URI, SUBSCRIBE, SEND, Access.EXCHANGE), Grant.of("chat", granted(Access.EXCHANGE)));

        assertThat(rule(authority.subscribe("gateway", TARGET))).isEqualTo(Rule.SUBSCRIBE_NOT_GRANTED);
        assertThat(rule(authority.send("gateway", TARGET))).isEqualTo(Rule.SEND_NOT_GRANTED);
    }

    @Test
    void offersTheGrantedSubprotocolsInTheManifestsOrder() {
        Grant grant = Grant.of(
                "chat",
                granted(SUBSCRIBE).withSubprotocols(List.of("c", "a")),
                WebSocketGrant.of("wss://gateway.example.com/**", SUBSCRIBE).withSubprotocols(List.of("b")),
                granted(SEND).withSubprotocols(List.of("d")));
        Authority authority = authority(declared(URI, List.of("d", "a", "b", "c", "e")), grant);

        assertThat(authority.subscribe("gateway", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.terms("gateway", TARGET, Access.SUBSCRIBE).subprotocols())
                .containsExactly("a", "b", "c");
        assertThat(authority
                        .terms("gateway", Target.parse(URI + "/x"), Access.SUBSCRIBE)
                        .subprotocols())
                .isEmpty();
    }

    @Test
    void refusesADialWithoutAnyOfTheSubprotocolsThatTheManifestAsksFor() {
        Grant grant = Grant.of("chat", granted(SUBSCRIBE).withSubprotocols(List.of("chat.v1")));
        Authority authority = authority(declared(URI, List.of("chat.v2", "chat.v3")), grant);

        assertRefused(
                authority.subscribe("gateway", TARGET),
                "subprotocol-not-granted: none of the subprotocols [chat.v2, chat.v3] is granted for "
                        + "wss://gateway.example.com:443/v1; add one of them to the subprotocols of "
                        + "wss://gateway.example.com:443/v1 in the grant of chat");
        assertThat(authority.terms("gateway", TARGET, Access.SUBSCRIBE).subprotocols())
                .isEmpty();
    }

    @Test
    void rejectsAServiceOfAnotherManifestAndANegativeVersion() {
        ServiceDeclaration service = new ServiceDeclaration("bridge", "com.example.Bridge", List.of());
        Manifest manifest = new Manifest("chat", "1.2.0", List.of(service));
        ServiceDeclaration stranger = new ServiceDeclaration("other", "com.example.Bridge", List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authority.of(manifest, stranger, null, 0))
                .withMessage("service must be one of the manifest of chat, is other");
        assertThatIllegalArgumentException().isThrownBy(() -> Authority.of(manifest, service, null, -1));
    }

    private static Authority authority(ConnectionDeclaration connection, @Nullable Grant grant) {
        ServiceDeclaration service = new ServiceDeclaration("bridge", "com.example.Bridge", List.of(connection));
        return Authority.of(new Manifest("chat", "1.2.0", List.of(service)), service, grant, 7);
    }

    private static ConnectionDeclaration declared(String target, Access... access) {
        return ConnectionDeclaration.of("gateway", target, Set.of(access), List.of());
    }

    private static ConnectionDeclaration declared(String target, List<String> subprotocols) {
        return ConnectionDeclaration.of("gateway", target, Set.of(SUBSCRIBE), subprotocols);
    }

    private static WebSocketGrant granted(Access first, Access... more) {
        return WebSocketGrant.of(URI, first, more);
    }

    private static Rule rule(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).rule();
    }

    private static void assertRefused(Verdict verdict, String explanation) {
        assertThat(rule(verdict).isAuthority()).isTrue();
        assertThat(((Verdict.Refused) verdict).explanation()).isEqualTo(explanation);
    }
}
