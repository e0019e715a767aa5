package io.headgate.host.authority;

/** What a plugin may do with a target. */
public enum Access {
    /** The host dials the target and hands its events to the plugin. */
    SUBSCRIBE,
    /** The host sends the plugin's texts on a session of the target. */
    SEND,
    /** The plugin may use the bounded pull primitive on the target. */
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
