package io.headgate.host.transport;

import org.reactivestreams.Publisher;

/** Composes what is done with an open session into one publisher: its life. */
@FunctionalInterface
public interface SessionHandler {

    /**
     * Called once for each session, on its thread, before the first frame is read.
     *
     * @param session the open session
     * @return completes when the session is no longer needed; must subscribe to {@link Session#frames()}
     */
    Publisher<Void> handle(Session session);
}
