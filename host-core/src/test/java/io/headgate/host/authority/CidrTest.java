package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A range is read in one way only, and one that is wrong says how to write it (R8). */
final class CidrTest {

    private static final String IPV4 =
            "an IPv4 address must be four decimal numbers from 0 to 255, without leading zeros";
    private static final String IPV6 = "an IPv6 address must be hexadecimal groups and colons, without a zone or dots";
    private static final String FORM = "a range must be an address, a slash and the length of its prefix";
    private static final String NEVER =
            "it holds addresses that are never dialled (unspecified, multicast or broadcast): "
                    + "write ranges without them";

    private static void expectRefused(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.of(text))
                .withMessage(
                        "addresses must be public, private, loopback, trusted-proxy or CIDRs such as 10.1.0.0/16, is \""
                                + text + "\": " + why);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.0.0/16",
        "10.1.2.3/32, 10.1.2.3/32",
        "FD00:0:0::/48, fd00::/48",
        "0000:0000:0000:0000:0000:0000:0000:0001/128, ::1/128",
        "2001:db8:0:1::/64, 2001:db8:0:1::/64",
        "240.0.0.0/8, 240.0.0.0/8"
    })
    void oneSpelling(String text, String spelling) {
        assertThat(AddressPolicy.of(text).ranges()).containsExactly(spelling);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010.1.0.0/16",
                "10.01.0.0/16",
                "0x0a.1.0.0/16",
                "10.1/16",
                "10/8",
                "167837696/32",
                "10.1.0.256/32",
                "10.1.0.0.0/16",
                "10.1..0/16",
                "10.1.0.0000/16",
                "99999999999.1.1.1/32",
                ".10.1.0.0/16"
            })
    void ipv4InOneFormOnly(String text) {
        expectRefused(text, text.contains("x") ? FORM : IPV4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1::2::3/64",
                "12345::/16",
                "1:2:3:4:5:6:7:8:9/64",
                "1:2/16",
                ":/64",
                ":::/64",
                "1:2:3:4:5:6:7/64"
            })
    void ipv6InOneFormOnly(String text) {
        expectRefused(text, IPV6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "any",
                "Public",
                " private",
                "localhost",
                "10.1.0.0/",
                "/16",
                "10.1.0.0/16/16",
                "10.1.0.0/-1",
                "10.1.0.0/255.255.0.0",
                "10.*.0.0/16",
                "10.1-2.0.0/16",
                "10.1.0.0/16 ",
                "fe80::1%eth0/64",
                "fe80::%1/10",
                "[::1]/128",
                "::1.2.3.4/128",
                "::ffff:10.0.0.1/128",
                "10.1.0.0\\\\16",
                "\u0661\u0660.1.0.0/16",
                "10.1.0.0/\u0661\u0666",
                "example.com/16",
                "*",
                "10.1.0.0-10.1.0.9"
            })
    void nothingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.of(text))
                .withMessageEndingWith(": " + FORM);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/33, 4, 32",
        "10.1.0.0/016, 4, 32",
        "10.1.0.0/00, 4, 32",
        "10.1.0.0/99999999999, 4, 32",
        "fd00::/129, 6, 128"
    })
    void thePrefixIsBounded(String text, int version, int most) {
        expectRefused(
                text,
                "the prefix length of IPv" + version + " must be a number from 1 to " + most
                        + ", without leading zeros");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/16, 10.1.0.0/16, 10.1.2.3/32",
        "10.1.0.1/31, 10.1.0.0/31, 10.1.0.1/32",
        "fd00::1/64, fd00::/64, fd00::1/128"
    })
    void bitsBelowThePrefixAreNamedWithTheFix(String text, String block, String one) {
        expectRefused(
                text, "it has bits set below its prefix: write " + block + ", or " + one + " for the one address");
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 10.1.2.3/32", "FD00::1, fd00::1/128"})
    void aLoneAddressIsToldItsPrefix(String text, String written) {
        expectRefused(text, "it has no prefix length: write " + written + " for the one address");
    }

    @Test
    void aLoneAddressThatIsNoneIsNoAdvice() {
        expectRefused("10.1", IPV4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.0.0.0/0"})
    void aRangeOfEverythingNamesTheAlternative(String text) {
        expectRefused(text, "it holds every address: write public, private, loopback, or the ranges that are meant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/8", "0.0.0.0/32", "0.1.0.0/16", "224.0.0.0/4", "239.1.1.1/32",
                "192.0.0.0/2", "255.255.255.255/32", "255.255.255.254/31", "240.0.0.0/4", "::/1", "::/127", "::/128",
                "ff00::/8", "ff02::1/128", "8000::/1", "::/96"
            })
    void whatIsNeverDialledIsInNone(String text) {
        expectRefused(text, NEVER);
    }

    @ParameterizedTest
    @CsvSource({
        "64:ff9b::/96, 64:ff9b::/96",
        "64:ff9b::a00:0/104, 64:ff9b::/96",
        "::ffff:0:0/96, ::ffff:0:0/96",
        "::ffff:a00:1/128, ::ffff:0:0/96"
    })
    void whatIsJudgedByItsIpv4AddressIsToldSo(String text, String embedding) {
        expectRefused(
                text, "an address in " + embedding + " is judged by the IPv4 address within: write the range of that");
    }

    @Test
    void theirNumberIsBounded() {
        assertThat(AddressPolicy.of(Collections.nCopies(64, "loopback"))).isEqualTo(AddressPolicy.LOOPBACK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.of(Collections.nCopies(65, "loopback")))
                .withMessage("addresses must be from 1 to 64 ranges, is 65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.of(List.of()))
                .withMessage("addresses must be from 1 to 64 ranges, is 0");
    }
}
