package io.headgate.host.authority;

import static io.headgate.host.authority.Access.SEND;
import static io.headgate.host.authority.Access.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.OverflowPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made in Java is held to the same bounds as what is read from a file, and equals it. */
final class DeclarationsAndGrantsTest {

    private static final ConnectionDeclaration CONNECTION =
            ConnectionDeclaration.of("gateway", "wss://h/v1?token=s3cret", Set.of(SEND, SUBSCRIBE), List.of("chat.v2"));
    private static final ServiceDeclaration SERVICE = new ServiceDeclaration("s", "a.B", List.of(CONNECTION));

    @Test
    void aManifestReadEqualsAManifestMade() {
        String yaml = """
                version: 1
                id: chat
                release: 1.2.0+7
                services:
                  - name: s
                    class: a.B
                    connections:
                      - {name: gateway, target: "wss://H/v1?token=s3cret", access: [subscribe, send], subprotocols: [chat.v2]}
                """;

        assertThat(Manifest.parse("p.yaml", yaml)).isEqualTo(new Manifest("chat", "1.2.0+7", List.of(SERVICE)));
    }

    @Test
    void aGrantReadEqualsAGrantMade() {
        String yaml = """
                version: 1
                grants:
                  - plugin: chat
                    release: "1.2"
                    websocket:
                      - {target: "wss://*.example.com/**", access: [send, subscribe], subprotocols: [b, a], addresses: loopback}
                    limits: {queue-events: 8, queue-bytes: 64KiB, message-bytes: 16384, overflow: drop-oldest, connection-share: 50%}
                    reconnect: {policy: manual}
                    liveness: {ping-interval: 1s, pong-timeout: 2s, no-bytes: 3s, no-data: 4s}
                    settings: {room: lobby, "empty": ""}
                  - plugin: other
                """;
        Grant grant = Grant.of(
                        "chat",
                        WebSocketGrant.of("wss://*.example.com:443/**", SUBSCRIBE, SEND)
                                .withSubprotocols(List.of("b", "a"))
                                .withAddresses(AddressPolicy.LOOPBACK))
                .withRelease("1.2")
                .withLimits(Limits.defaults()
                        .withMessageBytes(16_384)
                        .withQueueBytes(65_536)
                        .withQueueEvents(8)
                        .withOverflow(OverflowPolicy.DROP_OLDEST)
                        .withConnectionShare(50))
                .withReconnect(ReconnectSettings.manual())
                .withLiveness(LivenessSettings.defaults()
                        .withPings(Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .withNoBytes(Optional.of(Duration.ofSeconds(3)))
                        .withNoData(Optional.of(Duration.ofSeconds(4))))
                .withSettings(Map.of("room", "lobby", "empty", ""));

        GrantFile file = GrantFile.parse("g.yaml", yaml);

        assertThat(file).isEqualTo(new GrantFile(List.of(grant, Grant.of("other"))));
        assertThat(file.grantFor("chat")).contains(grant);
        assertThat(file.grantFor(new Manifest("other", "1", List.of(SERVICE)))).contains(Grant.of("other"));
        assertThat(file.grantFor("nobody")).isEmpty();
    }

    @Test
    void showsNeitherQueriesNorSettings() {
        Grant grant = Grant.of("chat", WebSocketGrant.of("wss://h/v1", SUBSCRIBE))
                .withRelease("1")
                .withSettings(Map.of("token", "s3cret"));

        assertThat(new Manifest("chat", "1", List.of(SERVICE)).toString()).doesNotContain("s3cret");
        assertThat(new GrantFile(List.of(grant)).toString()).doesNotContain("s3cret");
        assertThat(grant)
                .hasToString(
                        "Grant[plugin=chat, release=1, digest=none, websocket=[WebSocketGrant[target=wss://h:443/v1, "
                                + "query=DECLARED, access=[SUBSCRIBE], subprotocols=[], addresses=public, sendBudget=Optional.empty, tls=TlsSettings[], headers={}]], limits="
                                + Limits.defaults()
                                + ", reconnect=" + ReconnectSettings.defaults() + ", liveness="
                                + LivenessSettings.defaults() + ", restart="
                                + RestartSettings.defaults()
                                + ", settings=1 (not shown)]");
    }

    @Test
    void doesNotChangeWithTheCollectionsItWasMadeOf() {
        List<WebSocketGrant> entries = new ArrayList<>();
        assertIllegal(
                "query must be DECLARED without the access subscribe, is ANY",
                () -> WebSocketGrant.of("wss://h/", Access.SEND, Access.EXCHANGE)
                        .withQuery(QueryPolicy.ANY));
        Map<String, String> settings = new HashMap<>();
        Grant grant = Grant.of("chat").withWebsocket(entries).withSettings(settings);
        entries.add(WebSocketGrant.of("wss://h/", SEND));
        settings.put("a", "b");

        assertThat(grant).isEqualTo(Grant.of("chat"));
        assertThatThrownBy(() -> grant.settings().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> CONNECTION.access().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ü", "a\n"})
    void refusesWhatIsNoName(String name) {
        assertIllegal("plugin must be 1 to 64 of", () -> Grant.of(name));
        assertIllegal("plugin id must be 1 to 64 of", () -> new Manifest(name, "1", List.of(SERVICE)));
        assertIllegal("release must be 1 to 64 of", () -> new Manifest("chat", name, List.of(SERVICE)));
        assertIllegal("service name must be", () -> new ServiceDeclaration(name, "a.B", List.of()));
        assertIllegal("className must be", () -> new ServiceDeclaration("s", name + " ", List.of()));
        assertIllegal(
                "connection name must be", () -> ConnectionDeclaration.of(name, "wss://h/", Set.of(SEND), List.of()));
    }

    @Test
    void boundsNamesAt64Characters() {
        assertThat(Grant.of("x".repeat(64)).plugin()).hasSize(64);
        assertIllegal("is \"" + "x".repeat(64) + "…\"", () -> Grant.of("x".repeat(65)));
    }

    @Test
    void boundsLivenessSettings() {
        LivenessSettings defaults = LivenessSettings.defaults();
        Duration short9 = Duration.ofMillis(9);
        Duration long2 = Duration.ofDays(1).plusMillis(1);

        assertThatThrownBy(() -> defaults.withPings(short9, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pingInterval must be");
        assertThatThrownBy(() -> defaults.withPings(Duration.ofSeconds(1), long2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pongTimeout must be");
        assertThatThrownBy(() -> defaults.withNoBytes(Optional.of(short9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("noBytes must be");
        assertThatThrownBy(() -> defaults.withNoData(Optional.of(long2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("noData must be");
    }

    @Test
    void boundsReconnectSettings() {
        ReconnectSettings backoff = ReconnectSettings.defaults();

        assertThat(backoff.withPermanent(List.of(451, 403, 451), List.of(4999, 1000)))
                .extracting(ReconnectSettings::permanentStatuses, ReconnectSettings::permanentCloseCodes)
                .containsExactly(List.of(403, 451), List.of(1000, 4999));
        assertIllegal(
                "permanentStatuses must be from 300 to 599", () -> backoff.withPermanent(List.of(299), List.of()));
        assertIllegal(
                "permanentStatuses must be from 300 to 599", () -> backoff.withPermanent(List.of(600), List.of()));
        assertIllegal("permanentCloseCodes must be from 1000 to", () -> backoff.withPermanent(List.of(), List.of(999)));
        assertIllegal("permanentCloseCodes must be from", () -> backoff.withPermanent(List.of(), List.of(5000)));
        assertIllegal("attempts must be from 1 to 1000000", () -> backoff.withAttempts(0, 1));
        assertIllegal("perDay must be from 1 to 100000", () -> backoff.withAttempts(1, 0));
    }

    @Test
    void boundsLimits() {
        Limits defaults = Limits.defaults();

        assertThat(defaults)
                .isEqualTo(new Limits(
                        1024,
                        8_388_608,
                        1_048_576,
                        OverflowPolicy.DROP_NEWEST,
                        100,
                        Hold.defaults(),
                        BinaryPolicy.CLOSE,
                        OpenLimits.defaults()));
        assertThat(new Limits(
                        1_048_576,
                        1 << 30,
                        64 << 20,
                        OverflowPolicy.DROP_NEWEST,
                        100,
                        Hold.defaults(),
                        BinaryPolicy.CLOSE,
                        OpenLimits.defaults()))
                .isNotNull();
        assertThat(new Limits(
                        1,
                        1024,
                        1,
                        OverflowPolicy.DROP_NEWEST,
                        1,
                        Hold.defaults(),
                        BinaryPolicy.IGNORE,
                        OpenLimits.defaults()))
                .isNotNull();
        assertIllegal("queueEvents must be from 1 to 1048576 events, is 0", () -> defaults.withQueueEvents(0));
        assertIllegal("queueEvents must be from", () -> defaults.withQueueEvents(1_048_577));
        assertIllegal("queueBytes must be from 1024 to 1073741824 bytes", () -> defaults.withQueueBytes(1023));
        assertIllegal("queueBytes must be from", () -> defaults.withQueueBytes((1L << 30) + 1));
        assertIllegal("messageBytes must be from 1 to 67108864 bytes, is 0", () -> defaults.withMessageBytes(0));
        assertIllegal("messageBytes must be from", () -> defaults.withMessageBytes((64 << 20) + 1));
        assertIllegal(
                "messageBytes must be at most queueBytes, 1048575 bytes, is 1048576",
                () -> defaults.withQueueBytes((1 << 20) - 1));
        assertIllegal("connectionShare must be from 1 to 100 percent, is 101", () -> defaults.withConnectionShare(101));
        assertIllegal("connectionShare must be from 1 to 100 percent, is 0", () -> defaults.withConnectionShare(0));
    }

    @Test
    void boundsThatDoNotFitTogetherAreRefused() {
        Limits oldest = Limits.defaults().withOverflow(OverflowPolicy.DROP_OLDEST);

        assertIllegal(
                "queueEvents must be at least 2 events, with overflow drop-oldest, which keeps one for the plugin, is 1:"
                        + " raise it",
                () -> oldest.withQueueEvents(1));
        assertIllegal(
                "messageBytes must be at most half of queueBytes, 2097151 bytes, with overflow drop-oldest, which keeps"
                        + " one for the plugin, is 1048576: lower it, or raise queueBytes",
                () -> oldest.withQueueBytes((2 << 20) - 1));
        assertIllegal(
                "connectionShare must be at least 2 of the 7 queueEvents, with overflow drop-oldest, which keeps one for"
                        + " the plugin, is 25%: raise one of them",
                () -> oldest.withQueueEvents(7).withConnectionShare(25));
        assertIllegal(
                "messageBytes must be at most a connection's share of queueBytes, 1006632 bytes, is 1048576: lower it,"
                        + " or raise queueBytes or connectionShare",
                () -> Limits.defaults().withConnectionShare(12));
        assertThat(Limits.defaults().withConnectionShare(13).connectionShare()).isEqualTo(13);
        assertThat(oldest.withConnectionShare(25).withQueueEvents(8).queueEvents())
                .isEqualTo(8);
        assertThat(oldest.withQueueBytes(2 << 20).queueBytes()).isEqualTo(2 << 20);
    }

    @Test
    void boundsNumbers() {
        WebSocketGrant entry = WebSocketGrant.of("wss://h/", SEND);

        assertIllegal(
                "websocket must have at most 1024 elements, has 1025",
                () -> Grant.of("chat").withWebsocket(Collections.nCopies(1025, entry)));
        assertIllegal(
                "connections must have at most 1024 elements, has 1025",
                () -> new ServiceDeclaration("s", "a.B", Collections.nCopies(1025, CONNECTION)));
        assertIllegal("services must have 1 to 64 elements, has 0", () -> new Manifest("chat", "1", List.of()));
        assertIllegal("subprotocols must have at most 16", () -> entry.withSubprotocols(Collections.nCopies(17, "a")));
        assertIllegal(
                "access must name at least one of subscribe, send, exchange",
                () -> new WebSocketGrant(
                        TargetPattern.parse("wss://h/"),
                        QueryPolicy.DECLARED,
                        Set.of(),
                        List.of(),
                        AddressPolicy.PUBLIC,
                        Optional.empty(),
                        TlsSettings.defaults(),
                        Map.of()));
        assertIllegal(
                "query must be DECLARED without the access subscribe, is ANY",
                () -> WebSocketGrant.of("wss://h/", Access.SEND, Access.EXCHANGE)
                        .withQuery(QueryPolicy.ANY));
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < 257; i++) {
            settings.put("s" + i, "");
        }
        assertIllegal("settings must have at most 256", () -> Grant.of("chat").withSettings(settings));
    }

    @Test
    void refusesTheSameNameTwice() {
        assertIllegal(
                "connections must differ in name, \"gateway\" is there twice",
                () -> new ServiceDeclaration("s", "a.B", List.of(CONNECTION, CONNECTION)));
        assertIllegal("services must differ", () -> new Manifest("chat", "1", List.of(SERVICE, SERVICE)));
        assertIllegal("grants must differ", () -> new GrantFile(List.of(Grant.of("chat"), Grant.of("chat"))));
        assertIllegal(
                "subprotocols must differ",
                () -> WebSocketGrant.of("wss://h/", SEND).withSubprotocols(List.of("a", "a")));
        assertIllegal(
                "subprotocol must be an HTTP token",
                () -> WebSocketGrant.of("wss://h/", SEND).withSubprotocols(List.of("a,b")));
    }

    @Test
    void refusesASettingOutOfBoundsWithoutShowingIt() {
        Grant grant = Grant.of("chat");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> grant.withSettings(Map.of("token:s3cret", "")))
                .withMessage("a setting's name must be 1 to 64 of the characters a-z A-Z 0-9 . _ -");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grant.withSettings(Map.of("token", "x".repeat(4097))))
                .withMessage("setting token must have at most 4096 characters, has 4097");
    }

    @Test
    void refusesADialTargetThatIsNotTheDeclaredOne() {
        TargetPattern exact = TargetPattern.parse("wss://h/v1");
        TargetPattern open = TargetPattern.parse("wss://h/**");
        Optional<Target> other = Optional.of(Target.parse("wss://h/v2?s3cret"));

        assertIllegal(
                "dialTarget must be under the target wss://h:443/v1, is wss://h:443/v2",
                () -> new ConnectionDeclaration("c", exact, other, Set.of(SEND), List.of()));
        assertIllegal(
                "dialTarget must be there exactly when",
                () -> new ConnectionDeclaration("c", exact, Optional.empty(), Set.of(SEND), List.of()));
        assertIllegal(
                "dialTarget must be there exactly when",
                () -> new ConnectionDeclaration("c", open, other, Set.of(SEND), List.of()));
        assertThat(ConnectionDeclaration.of("c", "wss://h/?a=*", Set.of(SEND), List.of())
                        .dialTarget())
                .contains(Target.parse("wss://h/?a=*"));
        assertThat(SERVICE.connection("gateway")).contains(CONNECTION);
        assertThat(SERVICE.connection("other")).isEmpty();
    }

    @Test
    void spellsAccessAndRulesInLowerCase() {
        assertThat(Access.values()).extracting(Access::wireName).containsExactly("subscribe", "send", "exchange");
        assertThat(Rule.SUBPROTOCOL_NOT_GRANTED.wireName()).isEqualTo("subprotocol-not-granted");
        assertThat(Rule.MAILBOX_FULL.isAuthority()).isFalse();
    }

    private static void assertIllegal(String message, ThrowingCallable making) {
        assertThatIllegalArgumentException()
                .isThrownBy(making)
                .withMessageContaining(message)
                .withMessageNotContaining("s3cret");
    }
}
