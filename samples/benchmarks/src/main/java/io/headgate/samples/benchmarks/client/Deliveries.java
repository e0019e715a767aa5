package io.headgate.samples.benchmarks.client;

import io.headgate.samples.benchmarks.contender.Recipient;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Counts the texts that reached the handler. Each connection has a count of its own, which its thread alone writes. */
final class Deliveries {

    private final Count[] counts;

    Deliveries(int connections) {
        counts = new Count[connections];
        Arrays.setAll(counts, connection -> new Count());
    }

    Recipient recipient(int connection) {
        return counts[connection];
    }

    long total() {
        return Arrays.stream(counts).mapToLong(Count::get).sum();
    }

    private static final class Count implements Recipient {

        private static final VarHandle TEXTS = textsHandle();

        @SuppressWarnings("unused") // by the handle
        private long texts;

        @Override
        public void text(String text) {
            // Readers are another thread, and may be late by a moment: no fence is paid for.
            TEXTS.setOpaque(this, (long) TEXTS.get(this) + 1);
        }

        long get() {
            return (long) TEXTS.getOpaque(this);
        }

        private static VarHandle textsHandle() {
            try {
                return MethodHandles.lookup().findVarHandle(Count.class, "texts", long.class);
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError("a field of this class", impossible);
            }
        }
    }
}
