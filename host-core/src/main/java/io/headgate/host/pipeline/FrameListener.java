package io.headgate.host.pipeline;

import io.headgate.host.transport.Frame;

/** Told of every frame, also of those that become no event. Called on the session's thread; must not block. */
@FunctionalInterface
public interface FrameListener {

    /** Tells nobody. */
    FrameListener NONE = (frame, atMillis) -> {};

    /**
     * A frame arrived.
     *
     * @param frame the frame
     * @param atMillis when, in milliseconds since 1970-01-01T00:00Z
     */
    void arrived(Frame frame, long atMillis);
}
