package io.headgate.host.authority;

import io.headgate.host.HeadgateException;

/**
 * A text is no WebSocket URI, or no pattern of one, that this host accepts. The message says why and never quotes it.
 */
public final class TargetException extends HeadgateException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an error.
     *
     * @param reason why it is refused, without any part of the text: it may hold a password or a token
     */
    public TargetException(String reason) {
        super("no usable target: " + reason);
    }
}
