package io.headgate.host.authority;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headgate.host.fuzz.FuzzRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** {@code ./mvnw -Pfuzz verify}: whatever is taken for a file of grants, {@link GrantLaws} hold. */
@Tag("fuzz")
final class GrantFuzzTest {

    private static final FuzzRun RUN = new FuzzRun(GrantFuzzTest.class, "grants");

    @BeforeAll
    static void beginWithWhatIsKnown() {
        RUN.beginWith(FuzzSeeds.grants());
    }

    @AfterAll
    static void enoughWasTried() {
        RUN.requireEnough();
    }

    @DictionaryEntries({
        "s3cret",
        "grants:",
        "websocket:",
        "target: wss://",
        "any-host: true",
        "access: [send]",
        "addresses: [",
        "send-budget: ",
        "limits: {",
        "hold: {",
        "restart: {",
        "settings: {",
        "&a ",
        "*a",
        "!!"
    })
    @FuzzTest(maxDuration = "1m")
    void grants(byte[] input) {
        RUN.count(GrantLaws.hold(input));
    }
}
