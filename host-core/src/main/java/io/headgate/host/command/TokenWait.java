package io.headgate.host.command;

/**
 * How the texts of a connection waited for tokens of its send budget.
 *
 * @param sinceMillis since when the oldest one that waits to be written finds none, in milliseconds since 1970-01-01T00:00Z,
 *     or the ones before it did; 0 while it has what it needs
 * @param times how often it came to that
 */
public record TokenWait(long sinceMillis, long times) {

    static final TokenWait NEVER = new TokenWait(0, 0);

    TokenWait since(long atMillis) {
        return sinceMillis == 0 ? new TokenWait(atMillis, times + 1) : this;
    }

    TokenWait ended() {
        return sinceMillis == 0 ? this : new TokenWait(0, times);
    }
}
