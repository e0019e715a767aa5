package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.ConfigurationException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code addresses} of a grant file (R2, R8). */
final class AddressesReaderTest {

    private static final String EXPECTED =
            "expected public, private, loopback, trusted-proxy or a CIDR such as 10.1.0.0/16, or a list of these";

    private static String file(String addresses) {
        return "version: 1\ngrants:\n  - plugin: chat\n    websocket:\n      - target: wss://h/\n"
                + "        access: [send]\n        addresses: " + addresses + "\n";
    }

    private static AddressPolicy read(String addresses) {
        return GrantFile.parse("g.yaml", file(addresses))
                .grants()
                .get(0)
                .websocket()
                .get(0)
                .addresses();
    }

    private static void expectProblem(String addresses, String... problems) {
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class, () -> read(addresses));
        assertThat(Objects.requireNonNull(error).problems())
                .extracting(ConfigurationException.Problem::toString)
                .containsExactly(problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public | public",
                "private | private",
                "loopback | loopback",
                "\"loopback\" | loopback",
                "10.1.0.0/16 | 10.1.0.0/16",
                "[loopback] | loopback",
                "trusted-proxy | trusted-proxy",
                "[trusted-proxy] | trusted-proxy",
                "[10.1.0.0/16, loopback, \"FD00::/8\"] | [10.1.0.0/16, fd00::/8, loopback]",
                "[fd00::/8, \"::1/128\"] | [::1/128, fd00::/8]"
            })
    void wordsAndRanges(String addresses, String policy) {
        assertThat(read(addresses)).hasToString(policy);
    }

    @Test
    void allThatIsWrongIsToldWithItsPlace() {
        String place = "grants[0].websocket[0].addresses";
        expectProblem("[]", "g.yaml:7:20: " + place + ": " + EXPECTED + " with 1 to 64 elements, found 0");
        expectProblem("{a: b}", "g.yaml:7:20: " + place + ": " + EXPECTED + ", found a mapping");
        expectProblem("10", "g.yaml:7:20: " + place + ": " + EXPECTED + ", found 10");
        expectProblem(
                "[loopback, 10.1.2.3/16, [public], loopback, fd00::/8, \"FD00:0::/8\"]",
                "g.yaml:7:31: " + place + "[1]: " + EXPECTED
                        + ", found \"10.1.2.3/16\": it has bits set below its prefix:"
                        + " write 10.1.0.0/16, or 10.1.2.3/32 for the one address",
                "g.yaml:7:44: " + place + "[2]: " + EXPECTED + ", found a list",
                "g.yaml:7:54: " + place + "[3]: the same value is in the list twice",
                "g.yaml:7:74: " + place + "[5]: the same value is in the list twice");
    }

    @Test
    void aTrustedProxyStandsAlone() {
        String problem =
                "g.yaml:7:20: grants[0].websocket[0].addresses: expected trusted-proxy alone, since behind a proxy only"
                        + " the name is seen, and nothing else in the list would be asked, found 2 elements";
        expectProblem("[public, trusted-proxy]", problem);
        expectProblem("[trusted-proxy, 10.1.0.0/16]", problem);
        expectProblem(
                "[trusted-proxy, trusted-proxy]",
                "g.yaml:7:36: grants[0].websocket[0].addresses[1]: the same value is in the list twice");
        expectProblem(
                "trusted_proxy",
                "g.yaml:7:20: grants[0].websocket[0].addresses: " + EXPECTED
                        + ", found \"trusted_proxy\": a range must be an address, a slash and the length of its prefix");
    }

    @Test
    void theListIsBounded() {
        String most =
                IntStream.range(0, 64).mapToObj(i -> "10." + i + ".0.0/16").collect(Collectors.joining(", "));

        assertThat(read("[" + most + "]").ranges()).hasSize(64);
        expectProblem(
                "[" + most + ", loopback]",
                "g.yaml:7:20: grants[0].websocket[0].addresses: " + EXPECTED + " with 1 to 64 elements, found 65");
    }
}
