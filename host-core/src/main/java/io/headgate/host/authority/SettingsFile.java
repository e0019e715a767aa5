package io.headgate.host.authority;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * Reads a YAML file of settings as strictly as manifests and grants are read, and makes something of it: all that is wrong is told at
 * once, each with its file, line, column, key, what was expected and what was found. Nothing of a file with a problem is used.
 *
 * <pre>{@code
 * HostSettings settings = SettingsFile.read(Path.of("settings.yaml"), file -> file.section(
 *         "host", HostSettings.defaults(), (host, defaults) -> host.duration("close-timeout", defaults, HostSettings::withCloseTimeout)));
 * }</pre>
 *
 * <p>Which keys there are is what the reading asks for: another key is a problem. A file begins with {@code version: 1}.
 */
public final class SettingsFile {

    private static final int VERSION = 1;

    private SettingsFile() {}

    /**
     * Reads a file.
     *
     * @param file a YAML file in UTF-8, at most 256 KiB
     * @param reading makes something of it; asks for every key, whether it is there or not
     * @param <T> what it makes
     * @return what it made
     * @throws io.headgate.host.ConfigurationException with all that is wrong with the file, or when it cannot be read
     */
    public static <T> T read(Path file, Function<SettingsSection, T> reading) {
        return read(SourceText.read(file), References.SYSTEM, reading);
    }

    /**
     * Reads a text.
     *
     * @param fileName what to call it in errors
     * @param yaml the text, at most 256 KiB in UTF-8
     * @param reading makes something of it; asks for every key, whether it is there or not
     * @param <T> what it makes
     * @return what it made
     * @throws io.headgate.host.ConfigurationException with all that is wrong with it
     */
    public static <T> T parse(String fileName, String yaml, Function<SettingsSection, T> reading) {
        return read(SourceText.of(fileName, yaml), References.SYSTEM, reading);
    }

    static <T> T read(SourceText source, References references, Function<SettingsSection, T> reading) {
        Problems problems = new Problems(source.file());
        YamlNode root = YamlTree.parse(source, problems);
        SettingsSection section = SettingsSection.of(root, "", problems, new ReferringText(references));
        section.required("version", ScalarType.exactly(VERSION));
        T made = reading.apply(section);
        section.end();
        if (problems.count() > 0) {
            throw problems.toException();
        }
        return made;
    }
}
