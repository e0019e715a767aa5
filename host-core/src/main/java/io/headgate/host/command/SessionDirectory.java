package io.headgate.host.command;

import org.jspecify.annotations.Nullable;

/** Finds a service's connections by name. Safe for any thread. */
@FunctionalInterface
public interface SessionDirectory {

    /**
     * Looks a connection up.
     *
     * @param connection a name that a plugin gave
     * @return the connection, or {@code null} when the manifest declares none of that name
     */
    @Nullable
    SessionView find(String connection);
}
