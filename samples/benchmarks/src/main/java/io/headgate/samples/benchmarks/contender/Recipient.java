package io.headgate.samples.benchmarks.contender;

/** What the texts of one connection are delivered to: the application's handler. */
@FunctionalInterface
public interface Recipient {

    /**
     * Takes one text. Never blocks; one call at a time for each connection.
     *
     * @param text the text
     */
    void text(String text);
}
