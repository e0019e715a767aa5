package io.headgate.host.authority;

import static io.headgate.host.authority.SpecialRange.address;
import static io.headgate.host.authority.SpecialRange.literal;
import static io.headgate.host.authority.SpecialRange.stepped;
import static io.headgate.host.authority.SpecialRange.within;
import static io.headgate.host.authority.SpecialRange.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a grant lets pass, at the boundaries of all ranges, and for any address (R2, pitfall 4). */
final class AddressPolicyTest {

    private static final List<AddressPolicy> WORDS =
            List.of(AddressPolicy.PUBLIC, AddressPolicy.PRIVATE, AddressPolicy.LOOPBACK);

    static Stream<SpecialRange> ranges() {
        return Stream.concat(SpecialRange.V4.stream(), SpecialRange.V6.stream());
    }

    @ParameterizedTest
    @MethodSource("ranges")
    @DisplayName("Pitfall 4: the first and the last address of each special range, and their neighbours")
    void theBoundaries(SpecialRange range) {
        InetAddress first = literal(range.first());
        InetAddress last = literal(range.last());
        Stream.of(stepped(first, -1), first, stepped(first, 1), stepped(last, -1), last, stepped(last, 1))
                .filter(address -> address != null)
                .forEach(AddressPolicyTest::expectItsWord);

        assertThat(word(first)).isEqualTo(range.word());
        assertThat(AddressPolicy.PUBLIC.allows(first)).isFalse();
        assertThat(AddressPolicy.PUBLIC.allows(last)).isFalse();
    }

    private static void expectItsWord(InetAddress address) {
        WORDS.forEach(policy -> assertThat(policy.allows(address))
                .as("%s under %s", address, policy)
                .isEqualTo(policy.toString().equals(word(address))));
    }

    @Property(tries = 5_000)
    void everyAddressIsPublicOrInANamedRange(@ForAll("addresses") byte[] bytes) {
        expectItsWord(address(bytes));
        assertThat(AddressPolicy.NONE.allows(address(bytes))).isFalse();
    }

    @Property(tries = 2_000)
    void whatCarriesAnIpv4AddressGetsItsVerdict(@ForAll("v4") byte[] bytes) {
        InetAddress v4 = address(bytes);
        AddressPolicy some = AddressPolicy.of("8.0.0.0/7", "172.16.0.0/13", "loopback");
        Stream.concat(WORDS.stream(), Stream.of(some))
                .forEach(policy -> Stream.of("::ffff:0:0", "64:ff9b::")
                        .forEach(prefix -> assertThat(policy.allows(within(prefix, v4)))
                                .as("%s within %s under %s", v4, prefix, policy)
                                .isEqualTo(policy.allows(v4))));
    }

    /** Half of them close to a boundary. */
    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<byte[]> near = Arbitraries.of(ranges().flatMap(range -> Stream.of(range.first(), range.last()))
                        .toList())
                .flatMap(edge -> Arbitraries.integers()
                        .between(-300, 300)
                        .map(steps -> stepped(literal(edge), steps))
                        .filter(address -> address != null)
                        .map(InetAddress::getAddress));
        Arbitrary<byte[]> unicast = Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(16)
                .map(bytes -> {
                    bytes[0] = (byte) (0x20 | (bytes[0] & 0x1f));
                    return bytes;
                });
        return Arbitraries.oneOf(
                near,
                v4(),
                near,
                unicast,
                Arbitraries.bytes().array(byte[].class).ofSize(16));
    }

    @Provide
    Arbitrary<byte[]> v4() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.of(SpecialRange.V4)
                        .map(range -> literal(range.first()).getAddress()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16"})
    @DisplayName("No word lets a cloud's metadata pass")
    void metadata(String address) {
        WORDS.forEach(policy -> assertThat(policy.allows(literal(address))).isFalse());
        assertThat(AddressPolicy.of("public", "private", "loopback").allows(literal(address)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.0.255.255, 10.1.0.0, 10.1.255.255, 10.2.0.0",
        "10.1.2.3/32, 10.1.2.2, 10.1.2.3, 10.1.2.3, 10.1.2.4",
        "64.0.0.0/2, 63.255.255.255, 64.0.0.0, 127.255.255.255, 128.0.0.0",
        "fd00:1::/32, fd00:0:ffff:ffff:ffff:ffff:ffff:ffff, fd00:1::, fd00:1:ffff:ffff:ffff:ffff:ffff:ffff, fd00:2::",
        "fe80::/10, fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fec0::",
        "::1/128, ::2, ::1, ::1, ::3",
        "2002:a00::/24, 2002:9ff:ffff:ffff:ffff:ffff:ffff:ffff, 2002:a00::, 2002:aff:ffff:ffff:ffff:ffff:ffff:ffff, 2002:b00::"
    })
    void aCidrIsExactlyItsRange(String cidr, String before, String first, String last, String after) {
        AddressPolicy policy = AddressPolicy.of(cidr);

        assertThat(policy.allows(literal(before))).isFalse();
        assertThat(policy.allows(literal(first))).isTrue();
        assertThat(policy.allows(literal(last))).isTrue();
        assertThat(policy.allows(literal(after))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2000::/3, 2002:7f00:1::, 2002::/16",
        "2000::/3, 2001:0:7f00:1::, 2001::/32",
        "64:ff9b::/32, 64:ff9b:1::7f00:1, 64:ff9b:1::/48",
        "64:ff9b::/32, 64:ff9b::7f00:1, 64:ff9b:1::/48"
    })
    @DisplayName("What may lead to an IPv4 address passes only where a range within its own names it")
    void tunnels(String wide, String address, String own) {
        assertThat(AddressPolicy.of(wide).allows(literal(address))).isFalse();
        assertThat(AddressPolicy.of(own).allows(literal(address))).isEqualTo(!address.startsWith("64:ff9b::"));
    }

    @Test
    void rangesOfDifferentVersionsDoNotMeet() {
        assertThat(AddressPolicy.of("10.0.0.0/8").allows(literal("a00::"))).isFalse();
        assertThat(AddressPolicy.of("a00::/8").allows(literal("10.0.0.0"))).isFalse();
    }

    @Test
    void aScopeIsPassedOver() throws java.io.IOException {
        InetAddress scoped =
                java.net.Inet6Address.getByAddress(null, literal("fe80::1").getAddress(), 1);

        assertThat(AddressPolicy.of("fe80::/10").allows(scoped)).isTrue();
        assertThat(AddressPolicy.PUBLIC.allows(scoped)).isFalse();
    }

    /** Whoever asked about one, and forgot that there is a proxy, would not dial it. */
    @Property(tries = 2_000)
    void aTrustedProxyLetsNoAddressPass(@ForAll("addresses") byte[] bytes) {
        assertThat(AddressPolicy.TRUSTED_PROXY.allows(address(bytes))).isFalse();
    }

    /** In any order. */
    @Property(tries = 500)
    void oneTrustedProxyAmongAny(@ForAll("policies") List<AddressPolicy> policies, @ForAll Random random) {
        List<AddressPolicy> shuffled = new ArrayList<>(policies);
        Collections.shuffle(shuffled, random);
        AddressPolicy sum = policies.stream().reduce(AddressPolicy.NONE, AddressPolicy::or);

        assertThat(shuffled.stream().reduce(AddressPolicy.NONE, AddressPolicy::or))
                .isEqualTo(sum);
        assertThat(sum.isTrustedProxy()).isEqualTo(policies.contains(AddressPolicy.TRUSTED_PROXY));
        assertThat(sum.equals(AddressPolicy.TRUSTED_PROXY)).isEqualTo(sum.isTrustedProxy());
    }

    @Provide
    Arbitrary<List<AddressPolicy>> policies() {
        return Arbitraries.of(
                        AddressPolicy.PUBLIC,
                        AddressPolicy.LOOPBACK,
                        AddressPolicy.NONE,
                        AddressPolicy.TRUSTED_PROXY,
                        AddressPolicy.of("10.1.0.0/16", "private"))
                .list()
                .ofMaxSize(5);
    }

    @Test
    void aTrustedProxyStandsAlone() {
        assertThat(AddressPolicy.of("trusted-proxy")).isEqualTo(AddressPolicy.TRUSTED_PROXY);
        assertThat(AddressPolicy.TRUSTED_PROXY).hasToString("trusted-proxy").isNotEqualTo(AddressPolicy.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.of("public", "trusted-proxy"))
                .withMessage(
                        "addresses must have trusted-proxy alone, since behind a proxy only the name is seen, and nothing"
                                + " else in the list would be asked, has 2 elements");
    }

    @Test
    void twoPoliciesAddUp() {
        AddressPolicy both =
                AddressPolicy.of("10.1.0.0/16", "loopback").or(AddressPolicy.of("FD00:0::/16", "loopback"));

        assertThat(both.ranges()).containsExactly("10.1.0.0/16", "fd00::/16", "loopback");
        assertThat(both).hasToString("[10.1.0.0/16, fd00::/16, loopback]").isEqualTo(both.or(AddressPolicy.NONE));
        assertThat(both).hasSameHashCodeAs(AddressPolicy.of("fd00::/16", "loopback", "10.1.0.0/16"));
        assertThat(both.allows(literal("127.0.0.1"))).isTrue();
        assertThat(both.allows(literal("10.1.2.3"))).isTrue();
        assertThat(both.allows(literal("8.8.8.8"))).isFalse();
        assertThat(AddressPolicy.PUBLIC).hasToString("public").isNotEqualTo(AddressPolicy.PRIVATE);
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, public",
        "192.168.1.2, private",
        "::1, loopback",
        "169.254.169.254, 169.254.169.254/32",
        "64:ff9b::a00:1, private",
        "2002::1, 2002::1/128",
        "224.0.0.1,",
        "::,"
    })
    void itKnowsWhatWouldLetAnAddressPass(String address, String range) {
        assertThat(AddressPolicy.rangeFor(literal(address)).orElse(null)).isEqualTo(range);
        if (range != null) {
            assertThat(AddressPolicy.of(range).allows(literal(address))).isTrue();
        }
    }
}
