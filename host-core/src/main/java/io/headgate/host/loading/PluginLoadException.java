package io.headgate.host.loading;

import io.headgate.host.HeadgateException;

/** A service's code may not be run, or cannot be. Trying again would not help. */
public final class PluginLoadException extends HeadgateException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an error.
     *
     * @param message what was wrong and what can be done; never the text of a plugin's exception. No cause: it would keep the
     *     plugin's code in memory
     */
    public PluginLoadException(String message) {
        super(message);
    }
}
