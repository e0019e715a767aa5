package io.headgate.host.authority;

import static io.headgate.host.authority.Access.EXCHANGE;
import static io.headgate.host.authority.Access.SEND;
import static io.headgate.host.authority.Access.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers of the authority that nothing but whole hosts asked for until mutation testing found them. */
final class AuthorityEdgesTest {

    private static final String URI = "wss://gateway.example.com/v1";
    private static final Target TARGET = Target.parse(URI);
    private static final Target OTHER = Target.parse("wss://gateway.example.com/v2");
    private static final SendBudget WIDE = SendBudget.parse("120/60s");
    private static final SendBudget NARROW = SendBudget.parse("5/1s");

    @Test
    void anExchangeIsAskedForByItsTarget() {
        Authority granted = authority(
                URI,
                EnumSet.of(EXCHANGE),
                entry("wss://gateway.example.com/**", EXCHANGE, List.of("a"), Optional.empty()));

        assertThat(granted.exchange("c", TARGET)).isEqualTo(Verdict.ALLOWED);
        assertThat(granted.exchange("c", OTHER)).isInstanceOf(Verdict.Refused.class);
        assertThat(granted.exchange("unknown", TARGET)).isInstanceOf(Verdict.Refused.class);

        Authority denied = authority(URI, EnumSet.of(EXCHANGE), WebSocketGrant.of(URI, SUBSCRIBE, SEND));
        assertThat(denied.exchange("c", TARGET)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void nothingIsDialledOnOtherTermsThanThoseOfItsAccess() {
        Authority authority = authority(
                URI,
                EnumSet.of(SUBSCRIBE, EXCHANGE, SEND),
                entry(URI, SUBSCRIBE, List.of("a"), Optional.empty()),
                entry(URI, EXCHANGE, List.of("b"), Optional.empty()),
                entry(URI, SEND, List.of("a", "b"), Optional.empty()));

        assertThat(authority.terms("c", TARGET, SUBSCRIBE).subprotocols()).containsExactly("a");
        assertThat(authority.terms("c", TARGET, EXCHANGE).subprotocols()).containsExactly("b");
        assertThat(authority.terms("c", TARGET, SEND)).isEqualTo(DialTerms.NONE);
        assertThat(authority.terms("c", OTHER, EXCHANGE)).isEqualTo(DialTerms.NONE);
        assertThat(authority.terms("unknown", TARGET, EXCHANGE)).isEqualTo(DialTerms.NONE);
    }

    @Test
    void theBudgetsOfAllEntriesThatLetSendHoldOnceEach() {
        String pattern = "wss://gateway.example.com/**";
        Authority authority = authority(
                pattern,
                EnumSet.of(SUBSCRIBE, SEND),
                entry(pattern, SEND, List.of("a", "b"), Optional.of(WIDE)),
                entry(URI, SEND, List.of(), Optional.of(NARROW)),
                entry(URI, SEND, List.of("a"), Optional.of(WIDE)),
                entry("wss://elsewhere.example.com/", SEND, List.of(), Optional.of(SendBudget.parse("1/1s"))));

        assertThat(authority.sendBudgets("c", TARGET)).containsExactlyInAnyOrder(WIDE, NARROW);
        assertThat(authority.sendBudgets("c", OTHER)).containsExactly(WIDE);
        assertThat(authority.sendBudgets("unknown", TARGET)).isEmpty();
        assertThat(authority.sendBudgets("c", Target.parse("wss://elsewhere.example.com/")))
                .isEmpty();
    }

    @Test
    void whereNothingMayBeSentThereIsNoBudget() {
        Authority authority =
                authority(URI, EnumSet.of(SUBSCRIBE), entry(URI, SEND, List.of("a", "b"), Optional.of(WIDE)));

        assertThat(authority.send("c", TARGET)).isInstanceOf(Verdict.Refused.class);
        assertThat(authority.sendBudgets("c", TARGET)).isEmpty();
    }

    @Test
    void aGrantChecksWhatAFileWouldBeCheckedFor() {
        Grant grant = Grant.of("chat");
        assertThatThrownBy(() -> grant.withRelease("1 0")).isInstanceOf(IllegalArgumentException.class);

        String longest = "x".repeat(Grant.MAX_SETTING_LENGTH);
        assertThat(grant.withSettings(Map.of("a", longest)).settings()).containsEntry("a", longest);
        assertThatThrownBy(() -> grant.withSettings(Map.of("a", longest + "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("xx");
    }

    private static Authority authority(String declared, Set<Access> access, WebSocketGrant... entries) {
        ConnectionDeclaration connection = ConnectionDeclaration.of("c", declared, access, List.of("a", "b"));
        ServiceDeclaration service = new ServiceDeclaration("bridge", "a.B", List.of(connection));
        return Authority.of(new Manifest("chat", "1", List.of(service)), service, Grant.of("chat", entries), 1);
    }

    private static WebSocketGrant entry(
            String target, Access access, List<String> subprotocols, Optional<SendBudget> budget) {
        WebSocketGrant entry = WebSocketGrant.of(target, access).withSubprotocols(subprotocols);
        return budget.map(entry::withSendBudget).orElse(entry);
    }
}
