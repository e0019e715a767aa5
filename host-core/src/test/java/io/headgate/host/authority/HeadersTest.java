package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Which headers a grant may set, what several entries make together, and that nobody sees what they hold (R2, invariant 8). */
final class HeadersTest {

    private static final HeaderValue ONE = HeaderValue.of("s3cret-1");
    private static final HeaderValue TWO = HeaderValue.of("s3cret-2");
    private static final WebSocketGrant ENTRY = WebSocketGrant.of("wss://h/", Access.SUBSCRIBE);

    @Example
    void whatMakesTheRequestIsTheHosts() {
        List<String> hosts = List.of(
                "Host",
                "Upgrade",
                "Connection",
                "Keep-Alive",
                "Content-Length",
                "Transfer-Encoding",
                "TE",
                "Trailer",
                "Expect",
                "HTTP2-Settings",
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Version",
                "Sec-WebSocket-Protocol",
                "Sec-WebSocket-Extensions",
                "Sec-Fetch-Mode",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Sec-",
                "hOST",
                "content_length",
                "SEC_WebSocket-Key");

        assertThat(hosts).allSatisfy(name -> assertThat(Headers.refusal(name)).isPresent());
        assertThat(List.of(
                        "Authorization", "Cookie", "Origin", "User-Agent", "X-Api-Key", "Hosts", "Secret", "Forwarded"))
                .allSatisfy(name -> assertThat(Headers.refusal(name)).isEmpty());
        hosts.forEach(name -> assertThatIllegalArgumentException().isThrownBy(() -> ENTRY.withHeader(name, ONE)));
    }

    @Property
    void aNameIsAToken(@ForAll @StringLength(max = 70) String name) {
        if (!name.matches("[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,64}")) {
            assertThat(Headers.refusal(name).orElseThrow()).endsWith("(not shown)");
        }
    }

    @Property
    void aValueIsOneLineOfPrintableAscii(@ForAll("values") String text) {
        boolean good = text.matches("[!-~]([ -~]{0,4094}[!-~])?");
        if (good) {
            assertThat(HeaderValue.of(text).reveal()).isEqualTo(text);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HeaderValue.of(text))
                    .withMessageEndingWith("(not shown)");
        }
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.strings().withCharRange(' ', '\u007f').ofMaxLength(8),
                Arbitraries.strings().withChars("\r\n\t a\u0000\u007f\u0080").ofMaxLength(4),
                Arbitraries.integers().between(4090, 4100).map("a"::repeat));
    }

    @Example
    void anEntryTakesThemOnlyWhereItDialsAHostItNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebSocketGrant.of("wss://h/", Access.SEND).withHeader("A", ONE))
                .withMessage("headers must be empty without the access subscribe or exchange");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        WebSocketGrant.ofAnyHost("wss://*/", Access.SUBSCRIBE).withHeader("A", ONE))
                .withMessage("headers must be empty for any host: whoever names the URI would be sent them");
        assertThat(WebSocketGrant.of("wss://h/", Access.EXCHANGE)
                        .withHeader("A", ONE)
                        .headers())
                .containsExactly(Map.entry("A", ONE));
    }

    @Example
    void namesDifferWhateverTheirCase() {
        assertThat(ENTRY.withHeader("b", ONE)
                        .withHeader("A", ONE)
                        .withHeader("B", TWO)
                        .headers())
                .containsExactly(Map.entry("A", ONE), Map.entry("B", TWO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DialTerms.NONE.withHeaders(Map.of("a", ONE, "A", ONE)))
                .withMessageContaining("is there twice");
        Map<String, HeaderValue> many = new LinkedHashMap<>();
        for (int i = 0; i < Headers.MAX + 1; i++) {
            many.put("X-" + i, ONE);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> DialTerms.NONE.withHeaders(many));
    }

    @Example
    void twoEntriesThatMeetMayNotContradictEachOther() {
        WebSocketGrant exact =
                WebSocketGrant.of("wss://a.example.com/", Access.SUBSCRIBE).withHeader("Key", ONE);
        WebSocketGrant wide = WebSocketGrant.of("wss://*.example.com/**", Access.SUBSCRIBE, Access.EXCHANGE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.of("p", exact, wide.withHeader("KEY", TWO)))
                .withMessage("websocket must not contradict itself: the header KEY has another value in the entry for"
                        + " wss://a.example.com:443/, which covers targets of this one too: write it alike in both, or"
                        + " narrow one of them");
        assertThat(Grant.of("p", exact, wide.withHeader("KEY", ONE), wide.withHeader("Other", TWO))
                        .websocket())
                .hasSize(3);
        assertThat(Grant.of(
                                "p",
                                exact,
                                WebSocketGrant.of("wss://a.example.com/", Access.EXCHANGE)
                                        .withHeader("Key", TWO),
                                WebSocketGrant.of("wss://b.example.com/", Access.SUBSCRIBE)
                                        .withHeader("Key", TWO))
                        .websocket())
                .hasSize(3);
    }

    /** Whether two secrets are alike is nobody's to know: the references decide. */
    @Example
    void twoReferencesContradictEachOtherWhateverTheyHold() {
        WebSocketGrant one = ENTRY.withHeader("Key", HeaderValue.of("same", Optional.of("${env:A}")));
        WebSocketGrant other = ENTRY.withHeader("Key", HeaderValue.of("same", Optional.of("${env:B}")));

        assertThatIllegalArgumentException().isThrownBy(() -> Grant.of("p", one, other));
    }

    @Example
    void allEntriesTogetherHaveABound() {
        List<WebSocketGrant> entries = new ArrayList<>();
        for (int i = 0; i < Headers.MAX; i++) {
            entries.add(ENTRY.withHeader("X-" + i, ONE));
        }
        assertThat(Grant.of("p").withWebsocket(entries).websocket()).hasSize(Headers.MAX);
        entries.add(ENTRY.withHeader("X-more", ONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.of("p").withWebsocket(entries))
                .withMessageEndingWith(
                        "all entries of a grant together must have at most 32 different headers, have more");
    }

    @Property(tries = 1000)
    void aDialHasTheHeadersOfTheEntriesThatCoverIt(
            @ForAll("manifests") Manifest manifest, @ForAll("grants") Grant grant, @ForAll("targets") Target target) {
        ServiceDeclaration service = manifest.services().get(0);
        Authority authority = Authority.of(manifest, service, grant, 1);
        for (Access access : Access.values()) {
            DialTerms terms = authority.terms("c", target, access);
            Map<String, HeaderValue> expected = new LinkedHashMap<>();
            if (!terms.equals(DialTerms.NONE)) {
                grant.websocket().stream()
                        .filter(entry -> entry.access().contains(access)
                                && entry.target().matches(target))
                        .forEach(entry -> expected.putAll(entry.headers()));
            }
            assertThat(terms.headers()).isEqualTo(expected);
            assertThat(access == Access.SEND && !terms.headers().isEmpty()).isFalse();
        }
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return OverlappingGrants.manifests();
    }

    @Provide
    Arbitrary<Grant> grants() {
        return OverlappingGrants.grants();
    }

    @Provide
    Arbitrary<Target> targets() {
        return OverlappingGrants.targets();
    }

    @Example
    void anotherValueEndsNothing() {
        DialTerms before = DialTerms.of(AddressPolicy.PUBLIC).withHeaders(Map.of("Key", ONE));

        assertThat(before.stillHold(before.withHeaders(Map.of("Key", TWO)), List.of()))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(before.stillHold(before.withHeaders(Map.of()), List.of())).isEqualTo(Verdict.ALLOWED);
        assertThat(before.stillHold(before)).isEqualTo(Verdict.ALLOWED);
        assertThat(before.stillHold(before.withHeaders(Map.of()))).isInstanceOf(Verdict.Refused.class);
        assertThat(before.stillHold(before.withHeaders(Map.of("Key", TWO)))).isInstanceOf(Verdict.Refused.class);
        assertThat(before.withSubprotocols(List.of("a")).headers()).containsExactly(Map.entry("Key", ONE));
    }

    @Example
    void nothingShowsAValue() {
        WebSocketGrant entry = ENTRY.withHeader("Key", ONE);
        ConnectionDeclaration declared =
                ConnectionDeclaration.of("c", "wss://h/", Set.of(Access.SUBSCRIBE, Access.SEND), List.of());
        Manifest manifest = new Manifest("p", "1", List.of(new ServiceDeclaration("s", "C", List.of(declared))));
        GrantFile file = new GrantFile(List.of(Grant.of("p", entry)));
        AuthorityReport report = AuthorityReport.of(List.of(manifest), file);

        assertThat(file + " " + DialTerms.NONE.withHeaders(entry.headers()) + report.toText() + report.toJson())
                .doesNotContain("s3cret")
                .contains("{Key=(not shown)}");
        assertThat(report.toText()).contains("headers       Key");
        assertThat(report.toJson()).contains("\"headers\" : [\n            \"Key\"\n");
    }

    @Example
    void equalsAsTheWatchOfAFileNeedsIt() {
        HeaderValue read = HeaderValue.of("a", Optional.of("${env:A}"));

        assertThat(read)
                .isEqualTo(HeaderValue.of("a", Optional.of("${env:A}")))
                .hasSameHashCodeAs(HeaderValue.of("a", Optional.of("${env:A}")));
        assertThat(read)
                .isNotEqualTo(HeaderValue.of("b", Optional.of("${env:A}")))
                .isNotEqualTo(HeaderValue.of("a"));
    }

    @Example
    void theReportSaysWhereTheyGo() {
        assertThat(Broad.reasons(WebSocketGrant.of("ws://*.example.com/v1", Access.SUBSCRIBE)
                        .withHeader("A", ONE)))
                .contains(
                        "`headers` are sent to every name under that domain that the plugin chooses to dial.",
                        "`headers` are sent over `ws://` as they are: who is on the way can read them, and use them too.");
        assertThat(Broad.reasons(ENTRY.withHeader("A", ONE))).isEmpty();
    }

    @Example
    void aFixAddsNoDialToAnEntryWithHeaders() {
        ConnectionDeclaration declared =
                ConnectionDeclaration.of("c", "wss://h/", Set.of(Access.SUBSCRIBE, Access.EXCHANGE), List.of());
        Grant grant = Grant.of("p", ENTRY.withHeader("Key", ONE));

        assertThat(Fix.give(grant, declared, Set.of(Access.EXCHANGE)).action()).isEqualTo(Fix.Action.ADD_ENTRY);
        assertThat(Fix.give(grant, declared, Set.of(Access.SEND)).action()).isEqualTo(Fix.Action.REPLACE_ENTRY);
    }
}
