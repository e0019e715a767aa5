package io.headgate.host.command;

import io.headgate.host.authority.Target;
import java.util.Optional;

/** What the rules need to know of a connection at this moment. Safe for any thread. */
public interface SessionView {

    /**
     * The connection's name.
     *
     * @return the name, as the manifest declares it
     */
    String connection();

    /**
     * The last session that opened.
     *
     * @return its epoch; 0 before any has
     */
    long epoch();

    /**
     * Whether that session is open.
     *
     * @return whether texts can be sent
     */
    boolean isOpen();

    /**
     * Where the connection leads.
     *
     * @return the target last dialled, else the declared one; empty where the manifest declares a pattern
     */
    Optional<Target> target();

    /**
     * The largest text that may be sent.
     *
     * @return in bytes of UTF-8
     */
    int maxMessageBytes();
}
