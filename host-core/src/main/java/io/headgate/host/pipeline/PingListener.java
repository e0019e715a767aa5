package io.headgate.host.pipeline;

/** Told of the host's pings on one session. Called on the session's thread; must not block. */
public interface PingListener {

    /** Tells nobody. */
    PingListener NONE = new PingListener() {
        @Override
        public void pinged() {}

        @Override
        public void answered(long roundTripNanos) {}
    };

    /** A ping was handed to the transport. */
    void pinged();

    /**
     * The peer has answered a ping.
     *
     * @param roundTripNanos how long after the ping, in nanoseconds; for one that was read late it is that much longer
     */
    void answered(long roundTripNanos);
}
