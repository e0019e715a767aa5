package io.headgate.host.authority;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headgate.host.fuzz.FuzzRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** {@code ./mvnw -Pfuzz verify}: whatever is taken for a manifest, {@link ManifestLaws} hold. */
@Tag("fuzz")
final class ManifestFuzzTest {

    private static final FuzzRun RUN = new FuzzRun(ManifestFuzzTest.class, "manifests");

    @BeforeAll
    static void beginWithWhatIsKnown() {
        RUN.beginWith(FuzzSeeds.manifests());
    }

    @AfterAll
    static void enoughWasTried() {
        RUN.requireEnough();
    }

    @DictionaryEntries({
        "s3cret",
        "version: 1\\x0a",
        "services:",
        "connections:",
        "target: ",
        "subprotocols: [",
        "access: [send]",
        "&a ",
        "*a",
        "!!"
    })
    @FuzzTest(maxDuration = "1m")
    void manifests(byte[] input) {
        RUN.count(ManifestLaws.hold(input));
    }
}
