package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The digest in a grant: which jar it is for, and what it gives to what is no jar. */
final class JarGrantTest {

    private static final JarDigest JAR = JarDigest.of("this".getBytes(StandardCharsets.UTF_8));
    private static final JarDigest OTHER = JarDigest.of("that".getBytes(StandardCharsets.UTF_8));
    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", """
            version: 1
            id: p
            release: 1.0.0
            services:
              - {name: s, class: P, connections: [{name: c, target: "wss://a.example/", access: [subscribe, send, exchange]}]}
            """);
    private static final ServiceDeclaration SERVICE = MANIFEST.services().get(0);
    private static final Target TARGET = Target.parse("wss://a.example/");
    private static final Grant GRANT =
            Grant.of("p", WebSocketGrant.of("wss://a.example/", Access.SUBSCRIBE, Access.SEND, Access.EXCHANGE));

    private static void assertRefused(Authority authority, Verdict load, Rule rule) {
        assertThat(authority.load()).isEqualTo(load);
        for (Verdict verdict : new Verdict[] {
            authority.subscribe("c", TARGET), authority.send("c", TARGET), authority.exchange("c", TARGET)
        }) {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.rule()).isEqualTo(rule));
        }
    }

    @Test
    void a_jar_that_the_grant_names_is_allowed() {
        Authority authority = Authority.of(MANIFEST, SERVICE, JAR, GRANT.withDigest(JAR), 1);

        assertThat(authority.load()).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.subscribe("c", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertThat(authority.send("c", TARGET)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void another_jar_and_no_jar_are_refused_with_the_line_to_write() {
        String line = "if this jar is the one you mean, write `digest: " + JAR + "` in the grant of p";
        assertRefused(
                Authority.of(MANIFEST, SERVICE, JAR, GRANT.withDigest(OTHER), 1),
                Verdict.refused(Rule.DIGEST_NOT_GRANTED, "the grant of p is for another jar", line),
                Rule.DIGEST_NOT_GRANTED);
        assertRefused(
                Authority.of(MANIFEST, SERVICE, JAR, GRANT, 1),
                Verdict.refused(Rule.DIGEST_NOT_GRANTED, "the grant of p names no jar", line),
                Rule.DIGEST_NOT_GRANTED);
    }

    @Test
    void another_release_of_a_jar_is_refused_as_ever() {
        Authority authority =
                Authority.of(MANIFEST, SERVICE, JAR, GRANT.withDigest(JAR).withRelease("2"), 1);

        assertThat(authority.load())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo(Rule.PLUGIN_NOT_GRANTED));
        assertThat(Authority.of(MANIFEST, SERVICE, JAR, null, 1).load()).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_grant_for_a_jar_gives_nothing_to_what_is_none() {
        assertRefused(
                Authority.of(MANIFEST, SERVICE, GRANT.withDigest(JAR), 1), Verdict.ALLOWED, Rule.DIGEST_NOT_GRANTED);
        assertThat(Rule.DIGEST_NOT_GRANTED.isAuthority()).isTrue();
    }

    @Test
    void files_spell_a_digest_in_either_case() {
        String grants = "version: 1\ngrants:\n  - plugin: p\n    digest: ";

        assertThat(GrantFile.parse("g.yaml", grants + JAR).grants().get(0).digest())
                .isEqualTo(Optional.of(JAR));
        assertThat(GrantFile.parse("g.yaml", grants + "sha256:" + JAR.sha256().toUpperCase(Locale.ROOT))
                        .grants()
                        .get(0)
                        .digest())
                .isEqualTo(Optional.of(JAR));
        for (String wrong : new String[] {
            "sha256:" + "0".repeat(63),
            "sha256:" + "0".repeat(65),
            "sha512:" + "0".repeat(64),
            "0".repeat(63) + "a",
            "7",
            "[]"
        }) {
            assertThatThrownBy(() -> GrantFile.parse("g.yaml", grants + wrong))
                    .hasMessageStartingWith(
                            "g.yaml:4:13: grants[0].digest: expected sha256: and 64 hexadecimal digits, found ");
        }
    }

    @Test
    void changing_a_grant_keeps_its_digest() {
        Grant grant = GRANT.withDigest(JAR);

        assertThat(grant.withRelease("2")
                        .withLimits(Limits.defaults())
                        .withReconnect(ReconnectSettings.manual())
                        .withRestart(RestartSettings.defaults())
                        .withSettings(Map.of())
                        .withWebsocket(grant.websocket())
                        .digest())
                .contains(JAR);
        assertThat(grant).asString().contains("digest=" + JAR);
    }
}
