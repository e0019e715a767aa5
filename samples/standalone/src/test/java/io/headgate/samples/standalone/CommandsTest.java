package io.headgate.samples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line, as an operator types it. */
final class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder;

    @BeforeEach
    void folder(@TempDir Path given) {
        folder = given;
    }

    private int run(String... arguments) {
        CommandLine line = Headgate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return line.execute(arguments);
    }

    private static byte[] jar(String id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            ZipEntry manifest = new ZipEntry("META-INF/headgate/plugin.yaml");
            manifest.setTime(0);
            jar.putNextEntry(manifest);
            jar.write(("version: 1\nid: " + id
                            + "\nrelease: 1.0.0\nservices:\n  - name: s\n    class: a.S\n    connections:\n"
                            + "      - {name: c, target: \"wss://example.com/\", access: [subscribe]}\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Path plugins() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.write(plugins.resolve("chat.jar"), jar("chat"));
        Files.writeString(plugins.resolve("notes.txt"), "not a jar");
        return plugins;
    }

    private String digestLines(Path jar) {
        assertThat(run("digest", jar.toString())).isEqualTo(Exit.OK);
        String lines = out.toString();
        out.getBuffer().setLength(0);
        return lines;
    }

    private Path grants(String text) throws IOException {
        return Files.writeString(folder.resolve("grants.yaml"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "check", "status", "digest", "init", "generate-completion"})
    void eachCommandHasHelp(String command) {
        assertThat(command.isEmpty() ? run("--help") : run(command, "--help")).isEqualTo(Exit.OK);
        assertThat(out.toString()).startsWith("Usage: headgate").doesNotContain("\u001b");
    }

    @Test
    void completionIsAScript() {
        assertThat(run("generate-completion")).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("complete -F").contains("check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "run",
                "check --plugins x",
                "status --watch=soon",
                "run --plugins a --grants b extra"
            })
    void whatIsNoCommandLineIsNotDone(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Usage: headgate");
    }

    @Test
    @DisplayName("the lines that digest prints are what check then agrees with")
    void digestAndCheck() throws IOException {
        Path plugins = plugins();
        String lines = digestLines(plugins.resolve("chat.jar"));
        String entry = "    websocket:\n      - {target: \"wss://example.com/\", access: [subscribe]}\n";
        Path grants = grants("version: 1\ngrants:\n" + lines + entry);

        assertThat(run("check", "--plugins", plugins.toString(), "--grants", grants.toString()))
                .isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("all that is asked is granted");

        Files.write(plugins.resolve("chat.jar"), jar("chat2"));
        out.getBuffer().setLength(0);
        assertThat(run("check", "--json", "--plugins", plugins.toString(), "--grants", grants.toString()))
                .isEqualTo(Exit.NO);
        assertThat(out.toString()).contains("\"agrees\" : false");
    }

    @Test
    void whatIsWrongWithFilesIsToldAllAtOnce() throws IOException {
        Path plugins = plugins();
        Files.writeString(plugins.resolve("broken.jar"), "no jar");
        Files.write(plugins.resolve("twin.jar"), jar("chat"));
        Path grants = grants("version: 1");

        assertThat(run("run", "--plugins", plugins.toString(), "--grants", grants.toString()))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("headgate: ").contains("broken.jar"))
                .anySatisfy(line -> assertThat(line)
                        .contains("twin.jar: is plugin chat, and so is ")
                        .contains("chat.jar"));
    }

    @Test
    void aFolderOrAFileThatIsNotThereIsTold() throws IOException {
        assertThat(run("check", "--plugins", folder.resolve("none").toString(), "--grants", "none"))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(err.toString()).contains("none: cannot be read as a folder");

        err.getBuffer().setLength(0);
        assertThat(run(
                        "run",
                        "--plugins",
                        plugins().toString(),
                        "--grants",
                        folder.resolve("no.yaml").toString()))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(err.toString()).contains("no.yaml: cannot be read");
    }

    @Test
    void aHostThatIsNotThereIsSaidToBeSo() {
        assertThat(run("status", "--url", "http://127.0.0.1:1")).isEqualTo(Exit.FAILED);
        assertThat(err.toString()).startsWith("headgate: http://127.0.0.1:1 does not answer");
    }

    @Test
    void whatStatusCannotUseIsTold() {
        assertThat(run("status", "--url", "ftp://127.0.0.1")).isEqualTo(Exit.UNUSABLE);
        assertThat(err.toString()).startsWith("headgate: --url must be an http or https URL, is ftp://127.0.0.1");

        err.getBuffer().setLength(0);
        assertThat(run("status", "--token-file", folder.resolve("none").toString()))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(err.toString()).contains("none: cannot be read: NoSuchFileException");
    }

    @Test
    void initSaysWhereItCannotWrite() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("init", file.resolve("below").toString())).isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("below cannot be written to: ").doesNotContain("\tat ");
    }

    @Test
    @DisplayName("a project that was begun is one that the host can read, and is never written over")
    void init() throws IOException {
        Path project = folder.resolve("a/b");
        assertThat(run("init", "--id", "my-plugin", project.toString())).isEqualTo(Exit.OK);

        Manifest manifest = Manifest.read(project.resolve("src/main/resources/META-INF/headgate/plugin.yaml"));
        GrantFile grants = GrantFile.read(project.resolve("grants.yaml"));
        assertThat(manifest.id()).isEqualTo("my-plugin");
        assertThat(grants.grantFor(manifest)).isPresent();
        assertThat(List.of("pom.xml", "README.md", "src/main/java/plugin/EchoService.java"))
                .allSatisfy(file -> assertThat(project.resolve(file)).content().doesNotContain("@id@"));

        assertThat(run("init", project.toString())).isEqualTo(Exit.UNUSABLE);
        assertThat(err.toString()).contains("is there and not empty: nothing was written");
        assertThat(run("init", "--id", "../x", folder.resolve("c").toString())).isEqualTo(Exit.UNUSABLE);
        assertThat(folder.resolve("c")).doesNotExist();
    }
}
