package io.headgate.plugin;

import java.util.Objects;

/**
 * An exchange, or something asked of one, came to nothing. The message says what was wrong, the bound and what can be done; it
 * never shows a text or a query.
 */
public final class PullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an exchange, or something asked of one, came to nothing. */
    public enum Reason {
        /** A rule of the host refused it: nothing left the host. {@link PullException#rule()} names it. */
        REFUSED,
        /** The peer could not be reached, or did not accept. */
        DIAL_FAILED,
        /** Another {@code recv} of the same exchange waits. */
        BUSY,
        /** It is closed: by the plugin, by the peer, or by the host with the incarnation. */
        CLOSED,
        /** It is closed: its life was over. */
        EXPIRED,
        /** It broke, or the peer broke a bound. A text on its way may have left. */
        FAILED
    }

    /** Why. */
    private final Reason reason;

    /** The rule that refused it; empty for none. */
    private final String rule;

    /** The close code; 0 where none is known. */
    private final int closeCode;

    private PullException(Reason reason, String rule, int closeCode, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Objects.requireNonNull(reason, "reason");
        this.rule = Objects.requireNonNull(rule, "rule");
        this.closeCode = closeCode;
    }

    /**
     * Makes the error of what a rule refused.
     *
     * @param rule the stable name of the rule
     * @param message what was wrong and what would allow it
     * @return an error of reason {@link Reason#REFUSED}
     */
    public static PullException refused(String rule, String message) {
        return new PullException(Reason.REFUSED, rule, 0, message);
    }

    /**
     * Makes the error of an exchange that has ended.
     *
     * @param reason why
     * @param closeCode as {@link #closeCode()} has it: 1000 to 4999, or 0; not checked
     * @param message what happened
     * @return the error
     */
    public static PullException closed(Reason reason, int closeCode, String message) {
        return new PullException(reason, "", closeCode, message);
    }

    /**
     * Makes any other error.
     *
     * @param reason why
     * @param message what happened
     * @return the error
     */
    public static PullException of(Reason reason, String message) {
        return new PullException(reason, "", 0, message);
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Which rule refused it.
     *
     * @return the stable name; empty for every other reason than {@link Reason#REFUSED}
     */
    public String rule() {
        return rule;
    }

    /**
     * With which close code it ended (RFC 6455, 7.1.5).
     *
     * @return the code of the first Close frame, the host's or the peer's; 1005 when that had none; 1006 when the connection
     *     ended without a Close frame; 0 for what was refused, was not dialled, broke with an error, or did not end it
     */
    public int closeCode() {
        return closeCode;
    }
}
