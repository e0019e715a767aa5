package io.headgate.host.authority;

import static io.headgate.host.authority.Access.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Invariant 1: who writes a target in another way gets the same answer, or none. */
final class RespellingTest {

    private static final Grant GRANT = Grant.of(
            "chat",
            WebSocketGrant.of("wss://gateway.example.com/v1/**", SUBSCRIBE),
            WebSocketGrant.of("wss://*.bücher.example/v1/**", SUBSCRIBE));
    private static final List<String> TARGETS = List.of(
            "wss://gateway.example.com:443/v1/socket",
            "wss://gateway.example.com:443/v1/a-b_c~d.e",
            "wss://gateway.example.com:443/v1/%C3%BC;x=%2A",
            "wss://a.bücher.example:443/v1/socket",
            "wss://gateway.example.com:443/v2/socket",
            "wss://gateway.example.com:443/v10",
            "wss://gateway.example.com:443/v1%3B/socket",
            "wss://gateway.example.org:443/v1/socket",
            "wss://bücher.example:443/v1/socket",
            "wss://gаteway.example.com:443/v1/socket",
            "ws://gateway.example.com:80/v1/socket");
    private static final List<String> BEGINNINGS = List.of(
            "wss://gateway.example.com/v1",
            "wss://gateway.example.com/v1/",
            "wss://gateway.example.com",
            "wss://a.bücher.example/v1/",
            "wss://evil.example",
            "wss://",
            "ws://gateway.example.com",
            "");
    private static final List<String> PIECES = List.of(
            "wss://",
            "gateway.example.com",
            "GATEWAY.example.com.",
            "evil.example",
            "a.bücher.example",
            "@",
            ":",
            ":443",
            ":8443",
            "/",
            "//",
            "/v1",
            "/v1/",
            "v1",
            "/v10",
            "..",
            "/../",
            "/./",
            "%2e%2e",
            "/%2E%2e/",
            "%2f",
            "%252e",
            "/%252e%252e/",
            "/%ef%bc%8e%ef%bc%8e/",
            "/%c0%ae%c0%ae/",
            "/..%252f",
            ";",
            "..;/",
            "%5c",
            "\\",
            "?",
            "#",
            "?x=",
            ".",
            "。",
            "．",
            "／",
            "＠",
            "＃",
            "？",
            "％",
            "\u00ad",
            "\t",
            " ",
            "%00",
            "%09",
            "*",
            "a",
            "socket",
            "%73",
            "[",
            "]",
            "%ef%bc%8e%ef%bc%8e",
            "%c0%ae");

    @Property(tries = 3000)
    void aPlainRespellingGetsTheSameAnswer(@ForAll("targets") String uri, @ForAll Random random) {
        Target target = Target.parse(uri);
        String respelled = new Respelling(random).plainly(uri);

        assertThat(Target.parse(respelled)).as(respelled).isEqualTo(target);
        assertThat(isAllowed(Target.parse(respelled))).isEqualTo(isAllowed(target));
    }

    @Property(tries = 3000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void anOddRespellingGetsTheSameAnswerOrNone(@ForAll("targets") String uri, @ForAll Random random) {
        String respelled = new Respelling(random).oddly(uri);
        Optional<Target> target = accepted(respelled);
        count(target.isPresent());

        target.ifPresent(same -> assertThat(same).as(respelled).isEqualTo(Target.parse(uri)));
    }

    /** The oracle knows nothing of targets: it reads the URI that is dialled as servers do, and the text as the JDK does. */
    @Property(tries = 10_000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void whateverIsAllowedIsDialledInsideTheGrant(@ForAll("attempts") String text) {
        Optional<Target> allowed = accepted(text).filter(RespellingTest::isAllowed);
        count(allowed.isPresent());

        allowed.ifPresent(target -> {
            URI uri = target.toUri();
            assertThat(uri.getScheme()).isEqualTo("wss");
            assertThat(uri.getPort()).isEqualTo(443);
            assertThat(uri.getHost()).matches("gateway\\.example\\.com|.*\\.xn--bcher-kva\\.example");
            assertThat(resolved(uri.getRawPath()) + "/").startsWith("/v1/");
            assertThat(hostByTheJdk(text)).isIn(Optional.empty(), Optional.of(target.host()));
        });
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.of(TARGETS);
    }

    @Provide
    Arbitrary<String> attempts() {
        return Combinators.combine(
                        Arbitraries.of(BEGINNINGS),
                        Arbitraries.of(PIECES).list().ofMaxSize(5))
                .as((beginning, pieces) -> beginning + String.join("", pieces));
    }

    private static boolean isAllowed(Target target) {
        ServiceDeclaration service = new ServiceDeclaration(
                "s",
                "a.B",
                List.of(ConnectionDeclaration.of(
                        "any", target.scheme() + "://*:" + target.port() + "/**", Set.of(SUBSCRIBE), List.of())));
        return Authority.of(new Manifest("chat", "1", List.of(service)), service, GRANT, 1)
                .subscribe("any", target)
                .equals(Verdict.ALLOWED);
    }

    /** As a server may that decodes twice and anything, folds it, and then cuts parameters off and resolves dots. */
    private static String resolved(String rawPath) {
        String path = decoded(decoded(rawPath)).replace('\\', '/').replaceAll(";[^/]*", "");
        return URI.create("wss://h" + path.replaceAll("/+", "/").replaceAll("[^a-z0-9./]", "_"))
                .normalize()
                .getPath();
    }

    private static String decoded(String text) {
        try {
            String overlong = text.replaceAll("(?i)%c0%ae", ".").replaceAll("(?i)%c0%af", "/");
            return Normalizer.normalize(
                    URLDecoder.decode(overlong.replace("+", "%2B"), StandardCharsets.UTF_8), Normalizer.Form.NFKC);
        } catch (IllegalArgumentException nothingToDecode) {
            return text;
        }
    }

    private static Optional<String> hostByTheJdk(String text) {
        try {
            return Optional.ofNullable(new URI(text).getHost())
                    .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Target> accepted(String text) {
        try {
            return Optional.of(Target.parse(text));
        } catch (TargetException refused) {
            return Optional.empty();
        }
    }

    /** A property of what passes says nothing where nothing passes, or where everything does. */
    private static void count(boolean passed) {
        Statistics.collect(passed);
        Statistics.coverage(coverage -> {
            coverage.check(true).count(count -> count > 100);
            coverage.check(false).count(count -> count > 100);
        });
    }
}
