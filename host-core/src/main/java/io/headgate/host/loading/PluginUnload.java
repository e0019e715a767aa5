package io.headgate.host.loading;

import io.headgate.host.authority.JarDigest;
import java.util.List;

/**
 * Whether the code of a plugin from a jar has left the memory. Best effort: a class loader goes when nothing refers to it any
 * more and the JVM looks, and the host can neither force that nor find all that refers to it.
 *
 * @param plugin the plugin's id
 * @param digest its jar
 * @param state where it is
 * @param heldBy what keeps it, as far as can be told: threads by name, at most 8, each with what it holds; empty for nothing that
 *     was found. A thread local, a static field of another library or a listener keeps a loader too, and is not found
 */
public record PluginUnload(String plugin, JarDigest digest, State state, List<String> heldBy) {

    /** Where the code is. */
    public enum State {
        /** The host has not stopped: it holds the code itself. */
        LOADED,
        /** The host has let go of it, and the JVM has it no more. */
        COLLECTED,
        /** The host has let go of it, and the JVM still has it. */
        RETAINED
    }

    /** Copies the list. */
    public PluginUnload {
        heldBy = List.copyOf(heldBy);
    }

    /**
     * What keeps it, for a report.
     *
     * @return one line
     */
    public String described() {
        return heldBy.isEmpty()
                ? "nothing that can be seen from outside keeps it; it may be garbage, or a thread local or a static field of"
                        + " what is not the plugin's may hold it"
                : String.join("; ", heldBy);
    }
}
