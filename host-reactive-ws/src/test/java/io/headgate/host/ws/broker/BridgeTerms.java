package io.headgate.host.ws.broker;

import java.util.regex.Pattern;

/**
 * What the grant of a bridge says about the ends of its sessions, as YAML.
 *
 * @param reconnect who dials again, and when
 * @param liveness when the host finds by itself that the broker is gone
 */
record BridgeTerms(String reconnect, String liveness) {

    private static final String WATCHED_BY_DEFAULT = "{ping-interval: 20s, pong-timeout: 20s}";

    /** The host dials by itself, at a pace for tests. */
    static final BridgeTerms BACKOFF =
            new BridgeTerms("{policy: backoff, first: 200ms, max: 1s, stable-after: 1s}", WATCHED_BY_DEFAULT);

    /** Nobody dials until the plugin asks for it. */
    static final BridgeTerms MANUAL = new BridgeTerms("{policy: manual}", WATCHED_BY_DEFAULT);

    /** The host dials by itself, and pings each second; the broker has two to answer. */
    static final BridgeTerms WATCHED = new BridgeTerms(BACKOFF.reconnect, "{ping-interval: 1s, pong-timeout: 2s}");

    boolean isManual() {
        return reconnect.equals(MANUAL.reconnect);
    }

    /**
     * Whether that is what the operator is told of this end of a session or a dial.
     *
     * @param told the detail of the state that followed
     */
    boolean tells(String told, String end) {
        return isManual()
                ? told.equals(end + "; the plugin was asked to reconnect")
                : told.matches("(?s)" + Pattern.quote(end) + "; attempt \\d+ comes in \\d+ ms");
    }
}
