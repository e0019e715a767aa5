package io.headgate.host.loading;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headgate.host.fuzz.FuzzRun;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mvnw -Pfuzz verify}: whatever is taken for a plugin's jar, {@link JarLaws} hold. */
@Tag("fuzz")
final class JarFuzzTest {

    private static final FuzzRun RUN = new FuzzRun(JarFuzzTest.class, "jars");

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void beginWithWhatIsKnown() {
        RUN.beginWith(JarSeeds.jars());
    }

    @AfterAll
    static void enoughWasTried() {
        RUN.requireEnough();
    }

    @FuzzTest(maxDuration = "1m")
    void jars(byte[] input) {
        RUN.count(JarReplayTest.holds(folder, input));
    }
}
