package io.headgate.host.authority;

import io.headgate.host.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin asks for: it travels with the plugin, as {@code META-INF/headgate/plugin.yaml}. It gives nothing; what
 * the plugin gets is the {@link Authority}.
 *
 * @param id the plugin's id: 1 to 64 of {@code [a-zA-Z0-9._-]}
 * @param release the plugin's release: 1 to 64 of {@code [a-zA-Z0-9._+-]}
 * @param services its services, names unique, 1 to 64
 */
public record Manifest(String id, String release, List<ServiceDeclaration> services) {

    static final int MAX_SERVICES = 64;

    /** Copies and checks the components. */
    public Manifest {
        Require.name("plugin id", id);
        Require.release(release);
        services = Require.unique("services", services, MAX_SERVICES, ServiceDeclaration::name);
        if (services.isEmpty()) {
            throw new IllegalArgumentException("services must have 1 to " + MAX_SERVICES + " elements, has 0");
        }
    }

    /**
     * Reads a manifest from a file.
     *
     * @param file a YAML file in UTF-8, at most 256 KiB
     * @return the manifest
     * @throws ConfigurationException with all that is wrong with the file, or when it cannot be read
     */
    public static Manifest read(Path file) {
        return new ManifestReader(SourceText.read(file)).read();
    }

    /**
     * Reads a manifest from a text.
     *
     * @param fileName what to call it in errors
     * @param yaml the text, at most 256 KiB in UTF-8
     * @return the manifest
     * @throws ConfigurationException with all that is wrong with it
     */
    public static Manifest parse(String fileName, String yaml) {
        return new ManifestReader(SourceText.of(fileName, yaml)).read();
    }

    /**
     * Reads a manifest from the bytes of a file.
     *
     * @param fileName what to call it in errors
     * @param yaml its bytes, in UTF-8, at most 256 KiB
     * @return the manifest
     * @throws ConfigurationException with all that is wrong with it
     */
    public static Manifest parse(String fileName, byte[] yaml) {
        return new ManifestReader(SourceText.of(fileName, yaml)).read();
    }

    /**
     * Finds a service.
     *
     * @param service its name
     * @return its declaration; empty when there is none of that name
     */
    public Optional<ServiceDeclaration> service(String service) {
        return services.stream()
                .filter(declared -> declared.name().equals(service))
                .findFirst();
    }
}
