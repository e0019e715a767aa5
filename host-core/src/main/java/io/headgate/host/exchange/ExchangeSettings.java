package io.headgate.host.exchange;

import java.time.Duration;
import java.util.Objects;

/**
 * What the host sets for the exchanges of each service. Start from {@link #defaults()}.
 *
 * @param atOnce how many of one service may be open at once, dials and closes among them; 1 to 64; default 4
 * @param life how long one may last, from when the peer accepts; positive, at most 10 minutes; default 60 s
 * @param texts how many texts one may send, and how many it may receive; 1 to 1024; default 64
 * @param waitingBytes how many bytes of UTF-8 may wait to be taken in one, and how many to be written; from 1, and no less than
 *     the largest message that a grant allows to a service that declares an exchange; default 4 MiB
 */
public record ExchangeSettings(int atOnce, Duration life, int texts, long waitingBytes) {

    private static final int MAX_AT_ONCE = 64;
    private static final int MAX_TEXTS = 1024;
    private static final Duration MAX_LIFE = Duration.ofMinutes(10);
    private static final ExchangeSettings DEFAULTS = new ExchangeSettings(4, Duration.ofSeconds(60), 64, 4L << 20);

    /** Checks the components. */
    public ExchangeSettings {
        inRange("atOnce", atOnce, MAX_AT_ONCE);
        Objects.requireNonNull(life, "life");
        if (life.isZero() || life.isNegative() || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException("life must be positive and at most 10 minutes, is " + life);
        }
        inRange("texts", texts, MAX_TEXTS);
        if (waitingBytes < 1) {
            throw new IllegalArgumentException("waitingBytes must be at least 1, is " + waitingBytes);
        }
    }

    /**
     * The defaults.
     *
     * @return each component's default
     */
    public static ExchangeSettings defaults() {
        return DEFAULTS;
    }

    /**
     * With another number at once.
     *
     * @param exchanges how many, 1 to 64
     * @return the new settings
     */
    public ExchangeSettings withAtOnce(int exchanges) {
        return new ExchangeSettings(exchanges, life, texts, waitingBytes);
    }

    /**
     * With another life.
     *
     * @param longest how long one may last; positive, at most 10 minutes
     * @return the new settings
     */
    public ExchangeSettings withLife(Duration longest) {
        return new ExchangeSettings(atOnce, longest, texts, waitingBytes);
    }

    /**
     * With another number of texts.
     *
     * @param most how many each way, 1 to 1024
     * @return the new settings
     */
    public ExchangeSettings withTexts(int most) {
        return new ExchangeSettings(atOnce, life, most, waitingBytes);
    }

    /**
     * With another bound on the bytes that wait.
     *
     * @param bytes how many each way, from 1
     * @return the new settings
     */
    public ExchangeSettings withWaitingBytes(long bytes) {
        return new ExchangeSettings(atOnce, life, texts, bytes);
    }

    private static void inRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " must be at least 1 and at most " + most + ", is " + value);
        }
    }
}
