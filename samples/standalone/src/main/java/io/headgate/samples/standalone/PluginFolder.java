package io.headgate.samples.standalone;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import io.headgate.host.loading.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jars of a folder. */
final class PluginFolder {

    private PluginFolder() {}

    /**
     * Reads each jar of a folder, in the order of their names, and runs nothing of them.
     *
     * @throws ConfigurationException with all that is wrong with all of them, or when the folder cannot be read
     */
    static List<PluginJar> read(Path folder) {
        List<PluginJar> jars = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                jars.add(PluginJar.read(file));
            } catch (ConfigurationException unusable) {
                problems.addAll(unusable.problems());
            }
        }
        problems.addAll(twice(jars));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return jars;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    List.of(new Problem(
                            folder.toString(),
                            0,
                            0,
                            "",
                            "cannot be read as a folder: "
                                    + unreadable.getClass().getSimpleName())),
                    unreadable);
        }
    }

    private static List<Problem> twice(List<PluginJar> jars) {
        List<Problem> problems = new ArrayList<>();
        for (int at = 0; at < jars.size(); at++) {
            PluginJar jar = jars.get(at);
            jars.subList(0, at).stream()
                    .filter(earlier ->
                            earlier.manifest().id().equals(jar.manifest().id()))
                    .findFirst()
                    .ifPresent(earlier -> problems.add(new Problem(
                            jar.name(),
                            0,
                            0,
                            "",
                            "is plugin " + jar.manifest().id() + ", and so is " + earlier.name()
                                    + ": leave one of them")));
        }
        return problems;
    }
}
