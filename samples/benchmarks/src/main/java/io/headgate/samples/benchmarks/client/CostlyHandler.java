package io.headgate.samples.benchmarks.client;

import io.headgate.samples.benchmarks.contender.Recipient;
import java.util.function.UnaryOperator;

/**
 * A handler that uses up so many nanoseconds of processor for each text, deliberately, so that it can be seen whether the
 * harness notices. What is owed is paid in lumps, as a clock cannot tell a few nanoseconds.
 */
record CostlyHandler(double nanosEach) implements UnaryOperator<Recipient> {

    private static final double LUMP_NANOS = 5_000;

    @Override
    public Recipient apply(Recipient recipient) {
        return nanosEach <= 0 ? recipient : new Paying(recipient, nanosEach);
    }

    private static final class Paying implements Recipient {

        private final Recipient recipient;
        private final double nanosEach;
        private double owed;

        Paying(Recipient recipient, double nanosEach) {
            this.recipient = recipient;
            this.nanosEach = nanosEach;
        }

        @Override
        public void text(String text) {
            recipient.text(text);
            owed += nanosEach;
            if (owed >= LUMP_NANOS) {
                pay();
            }
        }

        private void pay() {
            long began = System.nanoTime();
            long spent = 0;
            while (spent < owed) {
                Thread.onSpinWait();
                spent = System.nanoTime() - began;
            }
            owed -= spent;
        }
    }
}
