package io.headgate.host.loading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is in a jar, as a Java runtime of some version sees it: of a multi-release jar, the newest of each entry that is not newer
 * than the runtime, as {@link java.util.jar.JarFile} has it.
 */
final class JarContents {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String META = "META-INF/";
    /** Spelled exactly so: what a runtime would not find is an entry like any other. */
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/([1-9]\\d{0,4})/(.+)");

    private static final int FIRST_VERSION = 9;

    private final Map<String, byte[]> files;
    private final Attributes attributes;

    private JarContents(Map<String, byte[]> files, Attributes attributes) {
        this.files = files;
        this.attributes = attributes;
    }

    static JarContents of(Map<String, byte[]> files, int runtime, JarProblem problem) {
        Attributes attributes = attributes(files.get(MANIFEST), problem);
        boolean multiRelease = "true".equalsIgnoreCase(attributes.getValue(Attributes.Name.MULTI_RELEASE));
        return new JarContents(multiRelease ? seenBy(runtime, files) : files, attributes);
    }

    private static Attributes attributes(byte @Nullable [] manifest, JarProblem problem) {
        try {
            return manifest == null
                    ? new Attributes()
                    : new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
        } catch (IOException | IllegalArgumentException malformed) {
            throw problem.entry(MANIFEST, "is malformed");
        }
    }

    private static Map<String, byte[]> seenBy(int runtime, Map<String, byte[]> files) {
        Map<String, byte[]> seen = new HashMap<>(files);
        Map<String, Integer> versions = new HashMap<>();
        files.forEach((name, content) -> {
            Matcher versioned = VERSIONED.matcher(name);
            if (!versioned.matches() || versioned.group(2).startsWith(META)) {
                return;
            }
            int version = Integer.parseInt(versioned.group(1));
            String base = versioned.group(2);
            if (version >= FIRST_VERSION && version <= runtime && version > versions.getOrDefault(base, 0)) {
                versions.put(base, version);
                seen.put(base, content);
            }
        });
        return seen;
    }

    /** The bytes of a file, not to be changed; null for none. */
    byte @Nullable [] find(String name) {
        return files.get(name);
    }

    /** The main attributes of its manifest. */
    @Nullable
    String attribute(Attributes.Name name) {
        return attributes.getValue(name);
    }
}
