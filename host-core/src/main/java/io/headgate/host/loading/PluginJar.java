package io.headgate.host.loading;

import io.headgate.host.ConfigurationException;
import io.headgate.host.authority.JarDigest;
import io.headgate.host.authority.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A plugin's jar, read once and held in memory: the bytes of the {@linkplain #digest() digest} are the bytes that the code is
 * loaded from, whatever becomes of the file. Reading it runs nothing of it.
 *
 * <p>It is read strictly. Refused, with the entry and the bound named, are: what exceeds the {@link JarBounds}; a file that two
 * readers could see two things in (the directory at its end and the entries' own headers disagree, bytes before, between, over or
 * behind the entries, stored entries of two sizes, extra data that is no row of fields, names that are no marked UTF-8); names that lead elsewhere (absolute, {@code ..}, backslash, colon, control
 * characters); entries twice, also where only some file systems take two names for the same; encrypted entries, symbolic links,
 * zip64; and entries in packages of the host's, which the plugin would never see.
 *
 * <p>Signatures are not checked, and {@code Class-Path} is not followed: what counts is the digest that a grant pins. Of a
 * multi-release jar the running JDK's view is loaded. Jars within the jar are resources. Immutable.
 */
public final class PluginJar {

    /** Where the manifest is. */
    public static final String MANIFEST = "META-INF/headgate/plugin.yaml";

    private final String name;
    private final JarDigest digest;
    private final Manifest manifest;
    private final JarContents contents;

    private PluginJar(String name, JarDigest digest, Manifest manifest, JarContents contents) {
        this.name = name;
        this.digest = digest;
        this.manifest = manifest;
        this.contents = contents;
    }

    /**
     * Reads a jar within the default bounds.
     *
     * @param file the jar
     * @return the jar
     * @throws ConfigurationException when it cannot be read or is refused, or with all that is wrong with its manifest
     */
    public static PluginJar read(Path file) {
        return read(file, JarBounds.defaults());
    }

    /**
     * Reads a jar.
     *
     * @param file the jar
     * @param bounds how large it may be
     * @return the jar
     * @throws ConfigurationException when it cannot be read or is refused, or with all that is wrong with its manifest
     */
    public static PluginJar read(Path file, JarBounds bounds) {
        String name = file.toString();
        JarProblem problem = new JarProblem(name);
        try (InputStream in = Files.newInputStream(file)) {
            return read(name, in.readNBytes((int) bounds.fileBytes() + 1), bounds);
        } catch (NoSuchFileException missing) {
            throw problem.file("cannot be read: no such file", missing);
        } catch (IOException unreadable) {
            throw problem.file("cannot be read: " + unreadable.getClass().getSimpleName(), unreadable);
        }
    }

    /**
     * Reads a jar from memory.
     *
     * @param name what to call it in errors
     * @param jar its bytes, which are copied
     * @param bounds how large it may be
     * @return the jar
     * @throws ConfigurationException when it is refused, or with all that is wrong with its manifest
     */
    public static PluginJar of(String name, byte[] jar, JarBounds bounds) {
        return read(name, jar.clone(), bounds);
    }

    private static PluginJar read(String name, byte[] jar, JarBounds bounds) {
        Objects.requireNonNull(name, "name");
        JarProblem problem = new JarProblem(name);
        if (jar.length > bounds.fileBytes()) {
            throw problem.file("has more than " + bounds.fileBytes() + " bytes (JarBounds.fileBytes)");
        }
        JarContents contents = JarContents.of(
                JarReader.read(jar, bounds, problem), Runtime.version().feature(), problem);
        byte[] manifest = contents.find(MANIFEST);
        if (manifest == null) {
            throw problem.entry(MANIFEST, "missing: the jar is no plugin's without its manifest");
        }
        return new PluginJar(name, JarDigest.of(jar), Manifest.parse(problem.place(MANIFEST), manifest), contents);
    }

    /**
     * What it is called in errors.
     *
     * @return the path it was read from, or the name it was given
     */
    public String name() {
        return name;
    }

    /**
     * What a grant has to pin.
     *
     * @return the digest of the bytes that were read
     */
    public JarDigest digest() {
        return digest;
    }

    /**
     * What the plugin asks for.
     *
     * @return the manifest in the jar
     */
    public Manifest manifest() {
        return manifest;
    }

    JarContents contents() {
        return contents;
    }

    @Override
    public String toString() {
        return name + " (" + manifest.id() + " " + manifest.release() + ", " + digest + ")";
    }
}
