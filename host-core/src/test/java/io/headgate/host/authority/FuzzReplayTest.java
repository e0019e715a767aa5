package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing begins with, and what it once found, in every build and without a fuzzer. */
final class FuzzReplayTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.headgate.host.authority.FuzzSeeds#targets")
    void targets(byte[] input) {
        TargetLaws.hold(input);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.headgate.host.authority.FuzzSeeds#manifests")
    void manifests(byte[] input) {
        ManifestLaws.hold(input);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.headgate.host.authority.FuzzSeeds#grants")
    void grants(byte[] input) {
        GrantLaws.hold(input);
    }

    /** What is refused is not written down again: the files that have every key must not be. */
    @Test
    void theFilesWithEveryKeyAreAccepted() throws IOException {
        assertThat(ManifestLaws.hold(file("ManifestFuzzTestInputs/manifests/every-key.yaml")))
                .isTrue();
        assertThat(GrantLaws.hold(file("GrantFuzzTestInputs/grants/every-key.yaml")))
                .isTrue();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = FuzzReplayTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
