package io.headgate.host.authority;

import static io.headgate.host.authority.Access.EXCHANGE;
import static io.headgate.host.authority.Access.SEND;
import static io.headgate.host.authority.Access.SUBSCRIBE;
import static io.headgate.host.authority.SpecialRange.literal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R2: which addresses a dial may use is the grant's to say, entry by entry. */
final class AuthorityAddressesTest {

    private static final String URI = "wss://gateway.example.com/v1";
    private static final Target TARGET = Target.parse(URI);

    private static Authority granting(WebSocketGrant... entries) {
        ServiceDeclaration service = new ServiceDeclaration(
                "bridge",
                "com.example.Bridge",
                List.of(ConnectionDeclaration.of("gateway", URI, Set.of(SUBSCRIBE, EXCHANGE), List.of())));
        return Authority.of(new Manifest("chat", "1.2.0", List.of(service)), service, Grant.of("chat", entries), 1);
    }

    private static WebSocketGrant entry(String target, AddressPolicy addresses, Access first, Access... more) {
        return WebSocketGrant.of(target, first, more).withAddresses(addresses);
    }

    private static RefusedAddresses refused(String... addresses) {
        return new RefusedAddresses(
                addresses.length,
                addresses.length + 1,
                Stream.of(addresses).map(SpecialRange::literal).toList());
    }

    @Test
    void publicIsTheDefault() {
        assertThat(WebSocketGrant.of(URI, SUBSCRIBE).addresses()).isEqualTo(AddressPolicy.PUBLIC);
        assertThat(granting(WebSocketGrant.of(URI, SUBSCRIBE))
                        .terms("gateway", TARGET, SUBSCRIBE)
                        .addresses())
                .isEqualTo(AddressPolicy.PUBLIC);
    }

    @Test
    @DisplayName("Entries add up that cover the target with the access of the dial, and no others")
    void entriesAddUp() {
        Authority authority = granting(
                entry(URI, AddressPolicy.LOOPBACK, SUBSCRIBE),
                entry("wss://*.example.com/**", AddressPolicy.of("10.1.0.0/16"), SUBSCRIBE, SEND),
                entry(URI, AddressPolicy.PRIVATE, SEND, EXCHANGE),
                entry("wss://other.example.com/", AddressPolicy.PUBLIC, SUBSCRIBE, SEND, EXCHANGE));

        assertThat(authority.terms("gateway", TARGET, SUBSCRIBE).addresses())
                .isEqualTo(AddressPolicy.of("10.1.0.0/16", "loopback"));
        assertThat(authority.terms("gateway", TARGET, EXCHANGE).addresses()).isEqualTo(AddressPolicy.PRIVATE);
    }

    @Test
    @DisplayName(
            "With an entry that says trusted-proxy the proxy dials, whatever the others say; other accesses have their own")
    void aTrustedProxyAmongOthers() {
        Authority authority = granting(
                entry(URI, AddressPolicy.LOOPBACK, SUBSCRIBE, EXCHANGE),
                entry("wss://*.example.com/**", AddressPolicy.TRUSTED_PROXY, SUBSCRIBE, SEND),
                entry("wss://other.example.com/", AddressPolicy.TRUSTED_PROXY, EXCHANGE));

        assertThat(authority.terms("gateway", TARGET, SUBSCRIBE).addresses()).isEqualTo(AddressPolicy.TRUSTED_PROXY);
        assertThat(authority.terms("gateway", TARGET, EXCHANGE).addresses()).isEqualTo(AddressPolicy.LOOPBACK);
    }

    @Test
    @DisplayName("A session goes on only the way it was dialled: to or from trusted-proxy is a change")
    void aChangeOfTheWay() {
        DialTerms proxied = DialTerms.of(AddressPolicy.TRUSTED_PROXY);
        DialTerms direct = DialTerms.of(AddressPolicy.PUBLIC);

        assertThat(proxied.stillHold(direct, List.of())).isInstanceOf(Verdict.Refused.class);
        assertThat(direct.stillHold(proxied, List.of())).isInstanceOf(Verdict.Refused.class);
        assertThat(proxied.stillHold(DialTerms.NONE, List.of())).isInstanceOf(Verdict.Refused.class);
        assertThat(proxied.stillHold(DialTerms.of(AddressPolicy.of("trusted-proxy")), List.of()))
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    @DisplayName("R8: a host without a proxy says so, and what to change in which entry of which grant")
    void withoutAProxy() {
        Authority authority = granting(
                entry(URI, AddressPolicy.LOOPBACK, SUBSCRIBE),
                entry("wss://*.example.com/**", AddressPolicy.TRUSTED_PROXY, SUBSCRIBE));

        assertThat(authority.noProxy("gateway", TARGET, SUBSCRIBE))
                .isEqualTo(
                        new Verdict.Refused(
                                Rule.ADDRESS_NOT_GRANTED,
                                "wss://gateway.example.com:443/v1 is granted through the host's proxy, and the host has none, so"
                                        + " nothing was dialled",
                                "give the driver a proxy, or change the `addresses` of wss://*.example.com:443/** in the grant of chat"));
        assertThat(authority.noProxy("other", TARGET, SUBSCRIBE).rule()).isEqualTo(Rule.CONNECTION_NOT_DECLARED);
    }

    @Test
    @DisplayName("Where the dial is refused there are no addresses")
    void nothingWithoutAuthority() {
        Authority authority = granting(entry("wss://gateway.example.com/**", AddressPolicy.PUBLIC, SUBSCRIBE, SEND));

        assertThat(authority.terms("other", TARGET, SUBSCRIBE).addresses()).isEqualTo(AddressPolicy.NONE);
        assertThat(authority
                        .terms("gateway", Target.parse(URI + "/x"), SUBSCRIBE)
                        .addresses())
                .isEqualTo(AddressPolicy.NONE);
        assertThat(authority.terms("gateway", TARGET, EXCHANGE).addresses()).isEqualTo(AddressPolicy.NONE);
        assertThat(authority.terms("gateway", TARGET, SEND).addresses()).isEqualTo(AddressPolicy.NONE);
        assertThat(granting().terms("gateway", TARGET, SUBSCRIBE).addresses()).isEqualTo(AddressPolicy.NONE);
    }

    @Test
    @DisplayName("R8: the refusal names the rule, the addresses, and what to change in which entry of which grant")
    void theRemedy() {
        Authority authority = granting(WebSocketGrant.of("wss://*.example.com/**", SUBSCRIBE));
        Verdict.Refused refusal = authority.addressNotGranted(
                "gateway", TARGET, SUBSCRIBE, refused("127.0.0.1", "127.0.0.2", "10.0.0.1", "169.254.169.254", "::1"));

        assertThat(refusal.rule()).isEqualTo(Rule.ADDRESS_NOT_GRANTED);
        assertThat(refusal.rule().isAuthority()).isTrue();
        assertThat(refusal.message())
                .isEqualTo("5 of the 6 addresses of wss://gateway.example.com:443/v1 may not be dialled (127.0.0.1,"
                        + " 127.0.0.2, 10.0.0.1, 169.254.169.254 and 1 more), so none was");
        assertThat(refusal.remedy())
                .isEqualTo("if it is meant to lead there, add loopback, private, 169.254.169.254/32 to the `addresses`"
                        + " of wss://*.example.com:443/** in the grant of chat");
    }

    @Test
    void whatNoGrantCanLetPassIsToldSo() {
        Authority authority = granting(WebSocketGrant.of(URI, SUBSCRIBE));

        assertThat(authority
                        .addressNotGranted("gateway", TARGET, SUBSCRIBE, refused("0.0.0.0", "ff02::1"))
                        .remedy())
                .isEqualTo("correct what the name leads to: no grant lets that pass");
        assertThat(authority
                        .addressNotGranted("other", TARGET, SUBSCRIBE, refused("0.0.0.0"))
                        .rule())
                .isEqualTo(Rule.CONNECTION_NOT_DECLARED);
    }

    @Test
    @DisplayName("Pitfall 4: one refused address refuses all, wherever it stands")
    void oneRefusesAll() {
        assertThat(RefusedAddresses.of(AddressPolicy.PUBLIC, List.of(literal("8.8.8.8"), literal("10.0.0.1"))))
                .contains(new RefusedAddresses(1, 2, List.of(literal("10.0.0.1"))));
        assertThat(RefusedAddresses.of(AddressPolicy.PUBLIC, List.of(literal("10.0.0.1"), literal("8.8.8.8"))))
                .map(RefusedAddresses::summary)
                .contains("1 of the target's 2 addresses may not be dialled: none was");
        assertThat(RefusedAddresses.of(AddressPolicy.PUBLIC, List.of(literal("8.8.8.8"), literal("2600::1"))))
                .isEqualTo(Optional.empty());
    }
}
