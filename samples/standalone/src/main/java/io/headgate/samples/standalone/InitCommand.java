package io.headgate.samples.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a plugin project. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a plugin project that builds and tests with Maven: a service, its manifest, a test in virtual time, a grant.",
            "Headgate's own modules have to be in the local repository: ./mvnw install, in Headgate's sources."
        })
final class InitCommand implements Callable<Integer> {

    private static final String ID = "[a-z][a-z0-9-]{0,31}";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the folder; is made, and has to be empty where it is there")
    private Path folder;

    @Option(
            names = "--id",
            paramLabel = "ID",
            defaultValue = "echo",
            description = "the plugin's id; default: ${DEFAULT-VALUE}")
    private String id;

    @Override
    public Integer call() {
        try {
            return write();
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    Exit.FAILED,
                    folder + " cannot be written to: " + unwritable.getClass().getSimpleName());
        }
    }

    private int write() throws IOException {
        if (!id.matches(ID)) {
            throw new CommandFailed(
                    Exit.UNUSABLE,
                    "--id must be a letter and at most 31 letters, digits and hyphens more, all lower case, is \"" + id
                            + "\"");
        }
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw new CommandFailed(Exit.UNUSABLE, folder + " is there and not empty: nothing was written");
        }
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path target = folder.resolve(file.getValue());
            Files.createDirectories(target.getParent());
            Files.writeString(target, template(file.getKey()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("written to " + folder + ":");
        files().values().forEach(file -> out.println("  " + file));
        out.println("next: cd " + folder + " && mvn verify; README.md has the rest");
        out.flush();
        return Exit.OK;
    }

    /** Where each template goes. */
    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml.txt", "pom.xml");
        files.put("plugin.yaml.txt", "src/main/resources/META-INF/headgate/plugin.yaml");
        files.put("EchoService.java.txt", "src/main/java/plugin/EchoService.java");
        files.put("EchoServiceTest.java.txt", "src/test/java/plugin/EchoServiceTest.java");
        files.put("grants.yaml.txt", "grants.yaml");
        files.put("README.md.txt", "README.md");
        return files;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private String template(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(InitCommand.class.getResourceAsStream("/init/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@id@", id);
        }
    }
}
