package io.headgate.host.authority;

import java.util.Objects;
import java.util.Optional;

/**
 * A plugin that asks for something.
 *
 * @param manifest what it asks for
 * @param jar which jar its code is in; empty for one that the application makes itself, or whose jar is not at hand: then the
 *     jar that its grant names, if it names one, counts as its own
 */
public record PluginRequest(Manifest manifest, Optional<JarDigest> jar) {

    /** Checks the components. */
    public PluginRequest {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(jar, "jar");
    }

    /**
     * A plugin of which only the manifest is known.
     *
     * @param manifest what it asks for
     * @return the request
     */
    public static PluginRequest of(Manifest manifest) {
        return new PluginRequest(manifest, Optional.empty());
    }

    /**
     * A plugin from a jar.
     *
     * @param manifest what it asks for
     * @param jar the jar's digest
     * @return the request
     */
    public static PluginRequest of(Manifest manifest, JarDigest jar) {
        return new PluginRequest(manifest, Optional.of(jar));
    }
}
