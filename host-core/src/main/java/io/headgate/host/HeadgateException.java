package io.headgate.host;

import org.jspecify.annotations.Nullable;

/** The root of the host's errors. A message says what was wrong, the value, the bound and what can be done. */
public class HeadgateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an error.
     *
     * @param message what was wrong and what can be done; never a secret
     */
    public HeadgateException(String message) {
        super(message);
    }

    /**
     * Makes an error with a cause.
     *
     * @param message what was wrong and what can be done; never a secret
     * @param cause what led to it
     */
    public HeadgateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
