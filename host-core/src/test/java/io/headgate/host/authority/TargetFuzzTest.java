package io.headgate.host.authority;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headgate.host.fuzz.FuzzRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** {@code ./mvnw -Pfuzz verify}: whatever is taken for a target or a pattern, {@link TargetLaws} hold. */
@Tag("fuzz")
final class TargetFuzzTest {

    private static final FuzzRun RUN = new FuzzRun(TargetFuzzTest.class, "targets");

    @BeforeAll
    static void beginWithWhatIsKnown() {
        RUN.beginWith(FuzzSeeds.targets());
    }

    @AfterAll
    static void enoughWasTried() {
        RUN.requireEnough();
    }

    @DictionaryEntries({"wss://", "*.", "/**", "xn--", "%2e", "%252e", "%2f", "..;", "[::", ".example.com", "\\x0a"})
    @FuzzTest(maxDuration = "1m")
    void targets(byte[] input) {
        RUN.count(TargetLaws.hold(input));
    }
}
