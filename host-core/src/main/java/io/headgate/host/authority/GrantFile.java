package io.headgate.host.authority;

import io.headgate.host.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The operator's file: what each plugin gets. A plugin it does not name gets nothing.
 *
 * @param grants the grants, one a plugin, at most 1,024
 */
public record GrantFile(List<Grant> grants) {

    static final int MAX_GRANTS = 1024;

    /** Copies and checks the components. */
    public GrantFile {
        grants = Require.unique("grants", grants, MAX_GRANTS, Grant::plugin);
    }

    /**
     * Reads a grant file.
     *
     * @param file a YAML file in UTF-8, at most 256 KiB
     * @return the grants
     * @throws ConfigurationException with all that is wrong with the file, or when it cannot be read
     */
    public static GrantFile read(Path file) {
        return new GrantFileReader(SourceText.read(file), References.SYSTEM).read();
    }

    /**
     * Reads grants from a text.
     *
     * @param fileName what to call it in errors
     * @param yaml the text, at most 256 KiB in UTF-8
     * @return the grants
     * @throws ConfigurationException with all that is wrong with it
     */
    public static GrantFile parse(String fileName, String yaml) {
        return parse(fileName, yaml, References.SYSTEM);
    }

    /** Likewise, with other places for what it refers to. */
    static GrantFile parse(String fileName, String yaml, References references) {
        return new GrantFileReader(SourceText.of(fileName, yaml), references).read();
    }

    /** Reads a grant file without what it refers to: for who says what is in it, and never for a host. */
    static GrantFile readWithoutSecrets(Path file) {
        return new GrantFileReader(SourceText.read(file), new UnreadReferences()).read();
    }

    /**
     * Finds the grant of a plugin, whichever release it is for: the {@link Authority} compares releases.
     *
     * @param manifest the plugin's manifest
     * @return the grant; empty when no grant names the plugin
     */
    public Optional<Grant> grantFor(Manifest manifest) {
        return grantFor(manifest.id());
    }

    /**
     * Finds the grant of a plugin.
     *
     * @param plugin the plugin's id
     * @return the grant; empty when no grant names the plugin
     */
    public Optional<Grant> grantFor(String plugin) {
        return grants.stream().filter(grant -> grant.plugin().equals(plugin)).findFirst();
    }
}
