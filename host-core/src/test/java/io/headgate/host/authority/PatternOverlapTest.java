package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What two patterns have in common, and the URI that stands for all under one. */
final class PatternOverlapTest {

    private static final List<String> HOSTS = List.of(
            "*",
            "*.example.com",
            "*.b.example.com",
            "*.xample.com",
            "example.com",
            "a.example.com",
            "a.b.example.com",
            "h");
    private static final List<String> PATHS =
            List.of("/**", "/", "/v1", "/v1/**", "/v1/", "/v1/x", "/v1/x/**", "/v10", "/v10/**");

    @Property(tries = 4000)
    void theIntersectionCoversWhatBothCover(
            @ForAll("patterns") TargetPattern one,
            @ForAll("patterns") TargetPattern other,
            @ForAll("targets") Target target) {
        boolean both = one.matches(target) && other.matches(target);

        assertThat(one.intersection(other)
                        .filter(common -> common.matches(target))
                        .isPresent())
                .isEqualTo(both);
    }

    @Property(tries = 2000)
    void theIntersectionDoesNotDependOnTheSide(
            @ForAll("patterns") TargetPattern one, @ForAll("patterns") TargetPattern other) {
        Optional<TargetPattern> common = one.intersection(other);

        assertThat(other.intersection(one)).isEqualTo(common);
        assertThat(one.covers(other)).isEqualTo(common.filter(other::equals).isPresent());
        assertThat(one.covers(one)).isTrue();
        assertThat(common.stream())
                .allSatisfy(narrow ->
                        assertThat(one.covers(narrow) && other.covers(narrow)).isTrue());
    }

    @Property(tries = 4000)
    void whatAnEntrySaysOfTheSampleItSaysOfThePattern(
            @ForAll("patterns") TargetPattern pattern, @ForAll("entries") List<WebSocketGrant> entries) {
        Target sample = SampleTarget.under(pattern, entries).orElseThrow();

        assertThat(pattern.matches(sample)).isTrue();
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.target().matches(sample))
                        .isEqualTo(entry.target().covers(pattern)));
    }

    @Test
    void aLongPatternHasAShortSampleOrNone() {
        String host = "a".repeat(60) + ".example.com";
        String path = "/" + "p".repeat(2048 - ("wss://" + host + ":443").length() - 4);
        TargetPattern full = TargetPattern.parse("wss://" + host + path + "/**");
        String domain = ("d".repeat(60) + ".").repeat(4) + "internals";

        assertThat(full.toString()).hasSize(2048);
        assertThat(SampleTarget.under(full, List.of())).map(Target::path).contains(path + "/any".substring(0, 2));
        assertThat(SampleTarget.under(TargetPattern.parse("wss://*." + domain + "/"), List.of()))
                .isEmpty();
    }

    @Test
    void whatIsTooLongInCommonIsNothing() {
        TargetPattern host = TargetPattern.parse("wss://" + "a".repeat(60) + ".example.com/**");
        TargetPattern path = TargetPattern.parse("wss://*/" + "p".repeat(2035));

        assertThat(host.intersection(path)).isEmpty();
    }

    @Provide
    Arbitrary<TargetPattern> patterns() {
        return Combinators.combine(
                        Arbitraries.of("ws", "wss"),
                        Arbitraries.of(HOSTS),
                        Arbitraries.of(443, 444),
                        Arbitraries.of(PATHS))
                .as(TargetPattern::new);
    }

    /** Some of them name what a sample could be named. */
    @Provide
    Arbitrary<List<WebSocketGrant>> entries() {
        return Arbitraries.oneOf(
                        patterns(),
                        Combinators.combine(
                                        Arbitraries.of(
                                                "any", "any.example.com", "a.example.com", "any1.example.com", "*"),
                                        Arbitraries.of("/any", "/v1/any", "/v1/a/**", "/any1", "/**"))
                                .as((host, path) -> new TargetPattern("wss", host, 443, path)))
                .map(target -> new WebSocketGrant(
                        target,
                        QueryPolicy.DECLARED,
                        Set.of(Access.SEND),
                        List.of(),
                        AddressPolicy.PUBLIC,
                        Optional.empty(),
                        TlsSettings.defaults(),
                        Map.of()))
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Target> targets() {
        return Combinators.combine(
                        Arbitraries.of("ws", "wss"),
                        Arbitraries.of(
                                "example.com",
                                "a.example.com",
                                "a.b.example.com",
                                "x.b.example.com",
                                "h",
                                "xample.com"),
                        Arbitraries.of(443, 444),
                        Arbitraries.of("/", "/v1", "/v1/", "/v1/x", "/v1/x/y", "/v1/xy", "/v10", "/v10/x"))
                .as((scheme, host, port, path) -> new Target(scheme, host, port, path, ""));
    }
}
