package io.headgate.host.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** What a fuzz target tried: a minute in which little was tried, or nothing was ever accepted, would show nothing. */
public final class FuzzRun {

    /** So few, as what is bent at random is rarely still YAML. */
    private static final int WITNESSES = 20;

    private final Class<?> fuzzTest;
    private final String target;
    /** The profile {@code fuzz} sets it; without it nothing is fuzzed, so nothing is asked for. */
    private final long least = Long.getLong("fuzz.executions", 0);

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    public FuzzRun(Class<?> fuzzTest, String target) {
        this.fuzzTest = fuzzTest;
        this.target = target;
    }

    /** Puts inputs where Jazzer keeps what it finds to be of interest. */
    public void beginWith(Stream<Arguments> inputs) {
        if (least == 0) {
            return;
        }
        Path corpus = Path.of(".cifuzz-corpus", fuzzTest.getName(), target);
        try {
            Files.createDirectories(corpus);
            int count = 0;
            for (Arguments input : inputs.toList()) {
                byte[] bytes = (byte[]) ((Named<?>) input.get()[0]).getPayload();
                Files.write(corpus.resolve("seed-" + count), bytes);
                count++;
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    public void count(boolean isAccepted) {
        (isAccepted ? accepted : refused).incrementAndGet();
    }

    /** To be asked once nothing is tried any more. */
    public void requireEnough() {
        long executions = accepted.get() + refused.get();
        System.out.println("fuzz: " + target + ": " + executions + " executions, " + accepted + " accepted");

        assertThat(executions).as("executions of the fuzz target %s", target).isGreaterThanOrEqualTo(least);
        if (least > 0) {
            assertThat(accepted).as("accepted by %s", target).hasValueGreaterThan(WITNESSES);
            assertThat(refused).as("refused by %s", target).hasValueGreaterThan(WITNESSES);
        }
    }
}
