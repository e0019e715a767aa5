package io.headgate.host.authority;

/** What a plugin may do with a target. */
public enum Access {
    /** The host dials the target and hands its events to the plugin. */
    SUBSCRIBE,
    /** The host sends the plugin's texts on a session of the target. */
    SEND,
    /** The host dials the target for one bounded exchange of the plugin's at a time, a socket of its own. */
    EXCHANGE;

    /**
     * The stable name, as manifests and grants spell it.
     *
     * @return for example {@code subscribe}
     */
    public String wireName() {
        return WireNames.of(this);
    }
}
