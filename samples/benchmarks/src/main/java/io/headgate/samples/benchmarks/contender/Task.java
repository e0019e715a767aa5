package io.headgate.samples.benchmarks.contender;

import java.util.function.IntFunction;

/** What a contender does on each of its connections. */
public sealed interface Task {

    /**
     * Each text the peer sends is handed to the recipient, as a {@code String}.
     *
     * @param recipients one for each connection, from 0
     */
    record Receive(IntFunction<Recipient> recipients) implements Task {}

    /**
     * Sends one text again and again, as fast as the peer takes it: what it does not take may not pile up in memory.
     *
     * @param text the text
     */
    record Send(String text) implements Task {}

    /** Answers each text with itself. */
    record Echo() implements Task {}

    /** Does nothing: the connection stays open. */
    record Idle() implements Task {}
}
