package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Invariant 8: whatever is wrong with a file, what is said of it shows no secret, and what it refers to still less. */
final class CanaryTest {

    private static final String CANARY = "kzvxkzvxkzvxkzvx";

    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: chat
                websocket:
                  - target: wss://h/v1
                    access: [subscribe, send]
                    headers:
                      Authorization: "Bearer ${env:TOKEN}"
                      X-Literal: kzvxkzvxkzvxkzvx
                  - target: wss://*.example.com/**
                    access: [exchange]
                    headers: {X-File: "${file:/run/secret}"}
                settings:
                  room: lobby
                  token: "kzvxkzvxkzvxkzvx"
                  file: "<${file:/run/secret}>"
            """;

    private static final References HELD = new References() {
        @Override
        public boolean areReal() {
            return true;
        }

        @Override
        public Optional<String> environment(String name) {
            return name.equals("TOKEN") ? Optional.of(CANARY) : Optional.empty();
        }

        @Override
        public byte[] file(Path file, int maxBytes) {
            return CANARY.getBytes(StandardCharsets.US_ASCII);
        }
    };

    /** A slip of the hand: some characters of the file are gone, or others are there. */
    record Slip(int where, int gone, String there) {

        String in(String text) {
            int at = where * text.length() / 10_000;
            return text.substring(0, at) + there + text.substring(Math.min(text.length(), at + gone));
        }
    }

    @Property(tries = 4000)
    void aSlipShowsNoSecret(@ForAll("slips") List<Slip> slips) {
        String yaml = GRANTS;
        for (Slip slip : slips) {
            yaml = slip.in(yaml);
        }
        try {
            GrantFile file = GrantFile.parse("g.yaml", yaml, HELD);
            Statistics.collect("read");
            AuthorityReport report = AuthorityReport.of(List.of(), file);
            assertThat(file + report.toText() + report.toJson()).doesNotContain("kzvx");
        } catch (ConfigurationException error) {
            Statistics.collect("refused");
            assertThat(error.toString()).doesNotContain("kzvx");
            assertThat(error.getCause()).isNull();
        }
        Statistics.coverage(coverage -> {
            coverage.check("read").count(count -> count > 100);
            coverage.check("refused").count(count -> count > 100);
        });
    }

    @Provide
    Arbitrary<List<Slip>> slips() {
        Arbitrary<Slip> slip = Combinators.combine(
                        Arbitraries.integers().between(0, 9999),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(
                                "", "", "x", " ", "\n", "'", "\"", "{", "}", "$", ":", ": ", ",", "&", "*", "[", "#",
                                "\u0007"))
                .as(Slip::new);
        return slip.list().ofMinSize(1).ofMaxSize(2);
    }
}
