package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the report proposes to write is read as it was meant. */
final class GrantYamlTest {

    private static final String TOKEN = "!#$%&'*+.^_`|~-0aZtTnN";

    @Property(tries = 500)
    void entriesReadBack(@ForAll("names") String plugin, @ForAll("entries") List<WebSocketGrant> entries) {
        assertThat(parsed(GrantYaml.grant(plugin, entries)))
                .isEqualTo(Grant.of(plugin).withWebsocket(entries));
    }

    @Property(tries = 500)
    void releasesReadBack(@ForAll("names") String plugin, @ForAll("releases") String release) {
        assertThat(parsed(GrantYaml.release(plugin, release)))
                .isEqualTo(Grant.of(plugin).withRelease(release));
    }

    /** A key that an entry gets and that is not written would be lost where the report has the entry replaced. */
    @Example
    void everyPartOfAnEntryIsWritten() {
        assertThat(Arrays.stream(WebSocketGrant.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly(
                        "target", "query", "access", "subprotocols", "addresses", "sendBudget", "tls", "headers");
    }

    /** What the file holds itself is for nobody to copy from a report, and no file that was copied from one is accepted. */
    @Example
    void aValueIsLeftOpen() {
        WebSocketGrant entry = WebSocketGrant.of("wss://h/", Access.SUBSCRIBE)
                .withHeader("Authorization", HeaderValue.of("s3cret"))
                .withHeader("X-Key", HeaderValue.of("unread", Optional.of("${env:KEY}")));
        String yaml = GrantYaml.grant("p", List.of(entry));

        assertThat(yaml)
                .doesNotContain("s3cret")
                .contains("Authorization: \"${the value that stands in the file, which is not shown here}\"")
                .contains("X-Key: \"${env:KEY}\"");
        assertThatThrownBy(() -> parsed(yaml))
                .hasMessageContaining("headers.Authorization: expected ${env:NAME} or ${file:/absolute/path}");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of("true", "No", "null", "1.2", "1.2.3", "1e5", "0x1f", "-", "..", "on", "_", "1_0"),
                Arbitraries.strings().withChars("aeoxEN019._-").ofMinLength(1).ofMaxLength(6));
    }

    @Provide
    Arbitrary<String> releases() {
        return Arbitraries.oneOf(
                names(),
                Arbitraries.strings().withChars("aeEx019._+-").ofMinLength(1).ofMaxLength(8),
                Arbitraries.of("1.2.0", "1.2.0-rc.1", "1.2.0-", "2026-01-01", "1.0", "+1", ".inf"));
    }

    @Provide
    Arbitrary<List<WebSocketGrant>> entries() {
        Arbitrary<TargetPattern> targets = Arbitraries.oneOf(
                OverlappingGrants.patterns(),
                Arbitraries.of(
                                "ws://[2001:db8::7]/",
                                "wss://h/a:",
                                "wss://h/'a',(b);c=d&e/**",
                                "wss://h/%22%5B%7B/**",
                                "wss://1.2.3.4:9/@/!$+")
                        .map(TargetPattern::parse));
        Arbitrary<Set<Access>> access = Arbitraries.of(Access.class).set().ofMinSize(1);
        Arbitrary<List<String>> subprotocols = Arbitraries.oneOf(
                        Arbitraries.strings().withChars(TOKEN).ofMinLength(1).ofMaxLength(5), names())
                .list()
                .uniqueElements()
                .ofMaxSize(3);
        Arbitrary<AddressPolicy> addresses = Arbitraries.of(
                AddressPolicy.PUBLIC,
                AddressPolicy.LOOPBACK,
                AddressPolicy.TRUSTED_PROXY,
                AddressPolicy.of("public", "10.1.0.0/16", "::1/128", "fd12:3456:789a::/48"));
        return Combinators.combine(
                        targets,
                        OverlappingGrants.queries(),
                        access,
                        subprotocols,
                        addresses,
                        OverlappingGrants.budgets(),
                        OverlappingGrants.headers())
                .as(OverlappingGrants::entry)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Grant parsed(String yaml) {
        return GrantFile.parse("grants.yaml", "version: 1\ngrants:\n" + yaml, new UnreadReferences())
                .grants()
                .get(0);
    }
}
