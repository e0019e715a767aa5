package io.headgate.host.exchange;

import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;

/**
 * How an exchange ended.
 *
 * @param reason why
 * @param closeCode the code of the first Close frame; 0 for none
 * @param detail what happened, in the host's words
 * @param keepsTexts whether what had arrived is still given
 */
record End(Reason reason, int closeCode, String detail, boolean keepsTexts) {

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    /** RFC 6455, 7.4.1: a type of data that cannot be accepted. */
    static final int UNSUPPORTED = 1003;
    /** RFC 6455, 7.1.5: the connection ended without a Close frame. */
    static final int ABNORMAL = 1006;
    /** RFC 6455, 7.4.1: policy violation. */
    static final int TOO_MUCH = 1008;

    static End byPlugin() {
        return new End(Reason.CLOSED, NORMAL, "the plugin closed the exchange", false);
    }

    static End withIncarnation() {
        return new End(Reason.CLOSED, GOING_AWAY, "the exchange ended with its incarnation of the service", false);
    }

    static End expired(String life) {
        return new End(
                Reason.EXPIRED,
                GOING_AWAY,
                "the exchange lasted " + life + ", its longest life; declare a connection for what lasts longer",
                false);
    }

    static End revoked(String detail) {
        return new End(Reason.CLOSED, 0, "it is no longer allowed: " + detail, false);
    }

    static End notDialled(String detail) {
        return new End(Reason.DIAL_FAILED, 0, detail, false);
    }

    static End failed(int closeCode, String detail) {
        return new End(Reason.FAILED, closeCode, detail, true);
    }

    static End byClose(int code, String detail) {
        return new End(Reason.CLOSED, code, detail, true);
    }

    /** A new one each time: it carries the stack of who asked. */
    PullException error() {
        return PullException.closed(reason, closeCode, detail);
    }

    /** What the Close frame says, where this side sends it. */
    String closeReason() {
        return switch (closeCode) {
            case GOING_AWAY -> "going away";
            case UNSUPPORTED -> "binary is not supported";
            case TOO_MUCH -> "too much for one exchange";
            default -> "";
        };
    }

    boolean isFault() {
        return reason == Reason.FAILED || reason == Reason.DIAL_FAILED || reason == Reason.EXPIRED;
    }
}
