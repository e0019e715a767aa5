package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wss://gateway.example.com               | wss://gateway.example.com:443/",
                "ws://gateway.example.com                | ws://gateway.example.com:80/",
                "WSS://Gateway.EXAMPLE.com/V1            | wss://gateway.example.com:443/V1",
                "wss://h:65535/a;v=1/b,c                 | wss://h:65535/a;v=1/b,c",
                "wss://127.0.0.1:8443/                   | wss://127.0.0.1:8443/",
                "wss://[::1]/                            | wss://[::1]:443/",
                "wss://[0:0:0:0:0:0:0:0]/                | wss://[::]:443/",
                "wss://[2001:DB8:0:0:1:0:0:1]:99/x       | wss://[2001:db8::1:0:0:1]:99/x",
                "wss://[2001:db8:0:1:1:1:1:1]/           | wss://[2001:db8:0:1:1:1:1:1]:443/",
                "wss://xn--bcher-kva.example/%C3%BC      | wss://xn--bcher-kva.example:443/%C3%BC",
                "wss://h?v=10&encoding=json              | wss://h:443/",
                "wss://h/?                               | wss://h:443/",
                "wss://h/a..b/...                        | wss://h:443/a..b/...",
                "wss://h/me@home:1                       | wss://h:443/me@home:1",
                "wss://h./                               | wss://h:443/",
                "wss://BÜCHER.example./                  | wss://xn--bcher-kva.example:443/",
                "wss://faß.example/                      | wss://xn--fa-hia.example:443/",
                "wss://XN--BCHER-KVA.example/            | wss://xn--bcher-kva.example:443/",
                "wss://ｇateway.example/                  | wss://gateway.example:443/",
                "wss://h/%41%7e%2d%5f%2E%c3%bc%3b%2a     | wss://h:443/A~-_.%C3%BC%3B%2A",
                "wss://h/%2541                           | wss://h:443/%2541",
            })
    void spellsATargetInOneWay(String text, String spelled) {
        assertThat(Target.parse(text)).hasToString(spelled);
    }

    @Test
    void keepsTheQueryForTheDialAndOutOfSight() {
        Target target = Target.parse("wss://h/v1?token=s3cret/?&x=%0c1".replace("%0c", "%41"));

        assertThat(target.query()).isEqualTo("token=s3cret/?&x=%411");
        assertThat(target.toUri()).hasToString("wss://h:443/v1?token=s3cret/?&x=%411");
        assertThat(target).hasToString("wss://h:443/v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                               | it must begin with ws:// or wss://",
                "gateway.s3cret.com/v1              | it must begin with ws:// or wss://",
                "wss:/s3cret                        | it must begin with ws:// or wss://",
                "://s3cret                          | the scheme must be ws or wss",
                "https://s3cret/                    | the scheme must be ws or wss",
                "wss.s3cret://h/                    | the scheme must be ws or wss",
                "wss://user:s3cret@h/               | user-info is not allowed",
                "wss://s3cret@h/                    | user-info is not allowed",
                "wss://h@s3cret:443/                | user-info is not allowed",
                "wss://@s3cret/                     | user-info is not allowed",
                "wss://h/v1#s3cret                  | a fragment is not allowed",
                "wss://h?s3cret#                    | a fragment is not allowed",
                "wss://h\\s3cret/                   | a backslash is not allowed",
                "wss://h/a b?s3cret                 | whitespace and control characters are not allowed",
                "wss://h/s3crét                     | the path has a character that must be percent-encoded",
                "wss://h/?s3crét                    | the query has a character that must be percent-encoded",
                "wss://h:４４３/s3cret               | the port must be a number from 1 to 65535",
                "ｗss://h/s3cret                     | the scheme must be ws or wss",
                "wss://h/v1/../s3cret               | the path has a '.' or '..' segment",
                "wss://h/s3cret/.                   | the path has a '.' or '..' segment",
                "wss://h/s3cret/%2e%2E/x            | the path has a '.' or '..' segment",
                "wss://h/s3cret/.%2e                | the path has a '.' or '..' segment",
                "wss://h/s3cret/..;a=b/x            | the path has a '.' or '..' segment",
                "wss://h/s3cret/..%3bx              | the path has a '.' or '..' segment",
                "wss://h/v1%2fs3cret                | the path has an encoded slash or backslash",
                "wss://h/v1%2Fs3cret                | the path has an encoded slash or backslash",
                "wss://h/v1%5Cs3cret                | the path has an encoded slash or backslash",
                "wss://h/%252e%252e/s3cret          | the path has an encoded slash, backslash, dot, semicolon or character outside ASCII that is encoded again",
                "wss://h/%25252Fs3cret              | the path has an encoded slash, backslash, dot, semicolon or character outside ASCII that is encoded again",
                "wss://h/s3cret%00                  | the path has an encoded control character",
                "wss://h/?s3cret%0a                 | the query has an encoded control character",
                "wss://h/s3cret%7F                  | the path has an encoded control character",
                "wss://h/s3cret%                    | in the path a '%' is not followed by two hexadecimal digits",
                "wss://h/s3cret%4                   | in the path a '%' is not followed by two hexadecimal digits",
                "wss://h/?s3cret%g1                 | in the query a '%' is not followed by two hexadecimal digits",
                "wss://h/?s3cret%1g                 | in the query a '%' is not followed by two hexadecimal digits",
                "wss://h/<s3cret>                   | the path has a character that must be percent-encoded",
                "wss://h/?s3cret={x}                | the query has a character that must be percent-encoded",
                "wss://h/s3cret/*                   | '*' is for patterns: as the whole host, as its first label, or as"
                        + " '/**' at the path's end",
                "wss:///s3cret                      | the host is empty",
                "wss://:443/s3cret                  | the host is empty",
                "wss://?s3cret                      | the host is empty",
                "wss://h:/s3cret                    | the port must be a number from 1 to 65535",
                "wss://h:0/s3cret                   | the port must be a number from 1 to 65535",
                "wss://h:65536/s3cret               | the port must be a number from 1 to 65535",
                "wss://h:+443/s3cret                | the port must be a number from 1 to 65535",
                "wss://h:0443/s3cret                | the port must be a number from 1 to 65535",
                "wss://h:s3cret/                    | the port must be a number from 1 to 65535",
                "wss://::1/s3cret                   | the port must be a number from 1 to 65535",
                "wss://[abc/s3cret                  | brackets belong around a whole IPv6 address, as in [2001:db8::1]",
                "wss://s3cret.com../                | the host has an empty label: a dot at its beginning, or two in a row",
                "wss://a..s3cret/                   | the host has an empty label: a dot at its beginning, or two in a row",
                "wss://s3cret_x/                    | the host has an underscore",
                "wss://-s3cret/                     | a label of the host begins or ends with a hyphen",
                "wss://%73s3cret/                   | the host has a percent-encoded character: write the character itself",
                "wss://*.s3cret.com/                | '*' is for patterns: as the whole host, as its first label, or as '/**' at the path's end",
                "wss://2130706433/s3cret            | an IPv4 address must be four decimal numbers from 0 to 255,"
                        + " without leading zeros",
                "wss://0x7f.1/s3cret                | an IPv4 address must be four decimal numbers from 0 to 255,"
                        + " without leading zeros",
                "wss://s3cret.0x7f/                 | an IPv4 address must be four decimal numbers from 0 to 255,"
                        + " without leading zeros",
                "wss://127.1/s3cret                 | an IPv4 address must be four decimal numbers from 0 to 255,"
                        + " without leading zeros",
                "wss://0177.0.0.1/s3cret            | an IPv4 address must be four decimal numbers from 0 to 255,"
                        + " without leading zeros",
                "wss://256.0.0.1/s3cret             | an IPv4 address must be four decimal numbers from 0 to 255,"
                        + " without leading zeros",
                "wss://[::ffff:7f00:1]/s3cret       | an IPv4-mapped IPv6 address must be written as the IPv4 address",
                "wss://[::ffff:127.0.0.1]/s3cret    | an IPv6 address must be groups of up to four hexadecimal digits, and colons",
                "wss://[fe80::1%25eth0]/s3cret      | an IPv6 address must have no zone",
                "wss://[1::2::3]/s3cret             | the IPv6 address is malformed",
                "wss://[1::00002]/s3cret            | an IPv6 address must be groups of up to four hexadecimal digits, and colons",
                "wss://[]/s3cret                    | an IPv6 address must be groups of up to four hexadecimal digits, and colons",
            })
    void refusesAHostileSpellingWithItsReasonAndWithoutQuotingIt(String text, String reason) {
        TargetException error = catchThrowableOfType(TargetException.class, () -> Target.parse(text));

        assertThat(error).hasMessage("no usable target: " + reason).hasNoCause();
        assertThat(error.getMessage()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " wss://s3cret",
                "wss://s3cret ",
                "wss://h/s3cret\t",
                "wss://h/s3cret\n",
                "wss://h/s3cret\r\nHost: x",
                "wss://h/s3cret\u0000",
                "wss://h/s3cret\u007f",
                "w\ns://s3cret",
                "wss://h/?s3cret\n",
            })
    void refusesWhitespaceAndControlCharacters(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(TargetException.class)
                .hasMessage("no usable target: whitespace and control characters are not allowed");
    }

    @Test
    void boundsTheLength() {
        String longest = "wss://h:443/" + "a".repeat(2036);

        assertThat(Target.parse(longest)).hasToString(longest);
        assertThat(Target.parse("wss://h?" + "a".repeat(2035)).toUri().toString())
                .hasSize(2048);
        assertThatThrownBy(() -> Target.parse(longest + "a"))
                .hasMessage("no usable target: it has 2049 characters, more than 2048");
        assertThatThrownBy(() -> Target.parse(longest.replace(":443", "") + "a"))
                .hasMessage("no usable target: it has 2049 characters, more than 2048");
        assertThatThrownBy(() -> Target.parse("wss://" + "a.".repeat(127) + "a"))
                .hasMessage("no usable target: the host has more than 253 characters");
    }

    @ParameterizedTest
    @MethodSource("componentsThatParseWouldNotMake")
    void itsConstructorIsAsStrictAsTheParser(String scheme, String host, int port, String path, String query) {
        assertThatThrownBy(() -> new Target(scheme, host, port, path, query)).isInstanceOf(TargetException.class);
    }

    static Object[][] componentsThatParseWouldNotMake() {
        return new Object[][] {
            {"WSS", "h", 443, "/", ""},
            {"http", "h", 443, "/", ""},
            {"wss", "H", 443, "/", ""},
            {"wss", "a@b", 443, "/", ""},
            {"wss", "h.", 443, "/", ""},
            {"wss", "h:1", 443, "/", ""},
            {"wss", "bücher.example", 443, "/", ""},
            {"wss", "xn--Bcher-kva.example", 443, "/", ""},
            {"wss", "h", 443, "/%41", ""},
            {"wss", "h", 443, "/%c3%bc", ""},
            {"wss", "h", 0, "/", ""},
            {"wss", "h", 443, "", ""},
            {"wss", "h", 443, "v1", ""},
            {"wss", "h", 443, "/a?b", ""},
            {"wss", "h", 443, "/a#b", ""},
            {"wss", "h", 443, "/ü", ""},
            {"wss", "h", 443, "/%\uff11\uff11", ""},
            {"wss", "h", 443, "/", "a#b"},
            {"wss", "h", 443, "/", "a b"},
            {"wss", "h", 443, "/", "a\r\nb"},
            {"wss", "h", 443, "/", "a".repeat(2048)},
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss://h/?", "wss://h"})
    void takesAnEmptyQueryForNone(String text) {
        assertThat(Target.parse(text)).isEqualTo(new Target("wss", "h", 443, "/", ""));
    }

    @Property(tries = 300)
    void readsBackWhatItWrites(
            @ForAll boolean secure,
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String label,
            @ForAll @IntRange(min = 1, max = 65_535) int port,
            @ForAll @AlphaChars @StringLength(max = 20) String segment) {
        Target target = Target.parse((secure ? "wss://" : "ws://") + label + ".Example:" + port + "/" + segment);

        assertThat(Target.parse(target.toString())).isEqualTo(target);
        assertThat(Target.parse(target.toUri().toString())).isEqualTo(target);
        assertThat(TargetPattern.parse(target.toString()).matches(target)).isTrue();
    }

    @Property(tries = 2000)
    void acceptsOrRefusesAnyTextAndDialsNothingElse(@ForAll @StringLength(max = 40) String rest) {
        String text = "wss://h/" + rest;
        Target target;
        try {
            target = Target.parse(text);
        } catch (TargetException refused) {
            return;
        }
        assertThat(target.toUri().getHost()).isEqualTo("h");
        assertThat(target.toUri().normalize().getRawPath()).isNotNull();
        assertThat(target.toUri().getUserInfo()).isNull();
        assertThat(target.toUri().getFragment()).isNull();
    }
}
