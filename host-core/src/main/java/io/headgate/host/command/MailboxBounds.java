package io.headgate.host.command;

/**
 * The most that may be undecided on one session: what waits to be written, and what was handed over.
 *
 * @param maxCommands how many commands, from 1
 * @param maxBytes how many bytes of UTF-8 they may hold together, from 1
 */
public record MailboxBounds(int maxCommands, long maxBytes) {

    /** Checks the components. */
    public MailboxBounds {
        if (maxCommands < 1) {
            throw new IllegalArgumentException("maxCommands must be at least 1 command, is " + maxCommands);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1 byte, is " + maxBytes);
        }
    }
}
