package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The grants under "Examples" in docs/reference/manifest-and-grants.md give what is said there. */
final class GrantExamplesTest {

    private static final String GATEWAY = "wss://gateway.example.com/v1/socket";

    @Test
    void everyExampleIsLookedAt() {
        assertThat(examples().map(block -> block.group(1)))
                .containsExactly("exact-host", "wildcard", "subscribe-only", "loopback", "proxy");
    }

    @Test
    void oneTarget() {
        assertThat(allowed("exact-host", GATEWAY, GATEWAY)).containsExactly(Access.SUBSCRIBE, Access.SEND);
        assertThat(allowed("exact-host", GATEWAY + "?encoding=json", GATEWAY + "?encoding=json"))
                .containsExactly(Access.SUBSCRIBE, Access.SEND);
        assertThat(allowed("exact-host", GATEWAY + "/x", GATEWAY + "/x")).isEmpty();
    }

    @Test
    void aWildcard() {
        String pattern = "wss://*.gateway.example.com/v1/**";

        assertThat(allowed("wildcard", pattern, "wss://eu-7.gateway.example.com/v1/resume"))
                .containsExactly(Access.SUBSCRIBE, Access.SEND);
        assertThat(allowed("wildcard", "wss://gateway.example.com/v1", "wss://gateway.example.com/v1"))
                .isEmpty();
        assertThat(allowed("wildcard", "wss://a.gateway.example.com:444/v1", "wss://a.gateway.example.com:444/v1"))
                .isEmpty();
        assertThat(allowed("wildcard", "wss://a.gateway.example.com/v2", "wss://a.gateway.example.com/v2"))
                .isEmpty();
    }

    @Test
    void listenOnly() {
        String feed = "wss://feed.example.com/prices";

        assertThat(allowed("subscribe-only", feed, feed)).containsExactly(Access.SUBSCRIBE);
        assertThat(authority("subscribe-only", feed).send("c", Target.parse(feed)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo(Rule.SEND_NOT_GRANTED));
    }

    @Test
    void thisMachine() {
        String local = "ws://127.0.0.1:15674/ws";
        AddressPolicy addresses = authority("loopback", local)
                .terms("c", Target.parse(local), Access.SUBSCRIBE)
                .addresses();

        assertThat(allowed("loopback", local, local)).containsExactly(Access.SUBSCRIBE, Access.SEND);
        assertThat(allowed("loopback", "wss://127.0.0.1:15674/ws", "wss://127.0.0.1:15674/ws"))
                .isEmpty();
        assertThat(addresses).isEqualTo(AddressPolicy.LOOPBACK);
    }

    @Test
    void throughTheProxy() {
        String behind = "wss://gateway.example.com/v1/socket";
        AddressPolicy addresses = authority("proxy", behind)
                .terms("c", Target.parse(behind), Access.SUBSCRIBE)
                .addresses();

        assertThat(allowed("proxy", behind, behind)).containsExactly(Access.SUBSCRIBE, Access.SEND);
        assertThat(addresses).isEqualTo(AddressPolicy.TRUSTED_PROXY);
    }

    /** What a connection gets that asks for everything. */
    private static List<Access> allowed(String example, String declared, String text) {
        Authority authority = authority(example, declared);
        Target target = Target.parse(text);
        return EnumSet.allOf(Access.class).stream()
                .filter(access -> switch (access) {
                    case SUBSCRIBE -> authority.subscribe("c", target) instanceof Verdict.Allowed;
                    case SEND -> authority.send("c", target) instanceof Verdict.Allowed;
                    case EXCHANGE -> authority.exchange("c", target) instanceof Verdict.Allowed;
                })
                .toList();
    }

    private static Authority authority(String example, String declared) {
        Grant grant = GrantFile.parse("grants.yaml", yaml(example)).grants().get(0);
        ServiceDeclaration service = new ServiceDeclaration(
                "s", "C", List.of(ConnectionDeclaration.of("c", declared, Set.of(Access.values()), List.of())));
        Manifest manifest = new Manifest(grant.plugin(), grant.release().orElse("1"), List.of(service));
        return Authority.of(manifest, service, grant, 1);
    }

    private static String yaml(String example) {
        return examples()
                .filter(block -> block.group(1).equals(example))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    private static Stream<MatchResult> examples() {
        Path page = Path.of(System.getProperty("basedir", "."), "../docs/reference/manifest-and-grants.md");
        try {
            String text = Files.readString(page);
            return Pattern.compile("```yaml (\\S+)\n(.*?)```", Pattern.DOTALL)
                    .matcher(text.substring(text.indexOf("\n## Examples\n")))
                    .results();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
