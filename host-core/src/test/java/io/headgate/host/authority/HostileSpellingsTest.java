package io.headgate.host.authority;

import static io.headgate.host.authority.Access.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R2, R8, invariant 1: what becomes of each way to write a target, or a pattern, that is known to have fooled somebody. */
final class HostileSpellingsTest {

    private static final Grant GRANT = Grant.of(
            "chat",
            WebSocketGrant.of("wss://gateway.example.com/v1/**", SUBSCRIBE),
            WebSocketGrant.of("wss://exact.example.com/v1/socket", SUBSCRIBE),
            WebSocketGrant.of("wss://*.feeds.example.com/v1/**", SUBSCRIBE),
            WebSocketGrant.of("wss://bücher.example/v1/**", SUBSCRIBE),
            WebSocketGrant.of("wss://192.0.2.7/v1/**", SUBSCRIBE),
            WebSocketGrant.of("wss://[2001:db8::7]/v1/**", SUBSCRIBE));
    private static final String WITH_QUERY = "wss://gateway.example.com/v1/socket?token=t";

    @ParameterizedTest
    @MethodSource("targets")
    void aTargetIsRefusedOrSpelledInOneWayAndJudgedByIt(Spelling spelling) {
        assertThat(outcome(spelling.text())).isEqualTo(spelling.expected());
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void aPatternIsRefusedOrSpelledInOneWay(Spelling spelling) {
        String outcome;
        try {
            outcome = "pattern is " + TargetPattern.parse(spelling.text());
        } catch (TargetException refused) {
            outcome = "pattern refused: " + reason(refused);
        }
        assertThat(outcome).isEqualTo(spelling.expected());
    }

    @Test
    void tenSpellingsOrMoreOfFifteenKindsOrMore() {
        List<Spelling> table = Spelling.table();
        Map<String, Long> sizes = table.stream().collect(Collectors.groupingBy(Spelling::kind, Collectors.counting()));
        System.out.println("spellings: " + table.size() + " in " + sizes.size() + " kinds");

        assertThat(sizes).hasSizeGreaterThanOrEqualTo(15);
        assertThat(sizes).allSatisfy((kind, size) -> assertThat(size).as(kind).isGreaterThanOrEqualTo(10));
        assertThat(table.stream().map(row -> isPattern(row) + row.text())).doesNotHaveDuplicates();
    }

    static List<Spelling> targets() {
        return Spelling.table().stream().filter(row -> !isPattern(row)).toList();
    }

    static List<Spelling> patterns() {
        return Spelling.table().stream().filter(HostileSpellingsTest::isPattern).toList();
    }

    private static boolean isPattern(Spelling row) {
        return row.expected().startsWith("pattern ");
    }

    private static String outcome(String text) {
        Target target;
        try {
            target = Target.parse(text);
        } catch (TargetException refused) {
            return "refused: " + reason(refused);
        }
        Authority authority = authorityOfAPluginThatAsksForAnyHost(target);
        Verdict verdict = authority.subscribe("any", target);
        boolean allowed = verdict.equals(Verdict.ALLOWED)
                || authority.subscribe("with-query", target).equals(Verdict.ALLOWED);
        String prefix = allowed ? "is" : ((Verdict.Refused) verdict).rule().wireName() + ":";
        return prefix + " " + target.toUri();
    }

    private static Authority authorityOfAPluginThatAsksForAnyHost(Target target) {
        ServiceDeclaration service = new ServiceDeclaration(
                "s",
                "a.B",
                List.of(
                        declared("any", target.scheme() + "://*:" + target.port() + "/**"),
                        declared("with-query", WITH_QUERY)));
        return Authority.of(new Manifest("chat", "1", List.of(service)), service, GRANT, 1);
    }

    private static ConnectionDeclaration declared(String name, String target) {
        return ConnectionDeclaration.of(name, target, Set.of(SUBSCRIBE), List.of());
    }

    private static String reason(TargetException refused) {
        return String.valueOf(refused.getMessage()).substring("no usable target: ".length());
    }
}
