package io.headgate.samples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** docs/errors.md has each exit status, and each message of the command line with it. */
@Timeout(120)
final class CommandErrorsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "../../docs/errors.md");
    private static final String PLUGIN = "version: 1\nid: p\nrelease: 1.0.0\nservices: [{name: s, class: a.S}]\n";

    private record Said(int status, String message) {}

    private final List<Said> said = new ArrayList<>();
    private Path folder;
    private String plugins;
    private String grants;

    @BeforeEach
    void files(@TempDir Path given) throws IOException {
        folder = given;
        plugins = Files.createDirectory(folder.resolve("plugins")).toString();
        grants = Files.writeString(folder.resolve("grants.yaml"), "version: 1\ngrants: []\n")
                .toString();
    }

    private void fails(String... arguments) {
        StringWriter err = new StringWriter();
        int status = Headgate.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
        err.toString().lines().forEach(line -> said.add(new Said(status, line.replaceFirst("^headgate: ", ""))));
    }

    private String settings(String http) throws IOException {
        return Files.writeString(folder.resolve("settings.yaml"), "version: 1\nhttp: {" + http + "}\n")
                .toString();
    }

    @Test
    void listsWhatTheCommandsSay() throws IOException {
        fails("check", "--plugins", folder.resolve("none").toString(), "--grants", grants);
        fails("init", "--id", "No", folder.resolve("new").toString());
        fails("init", folder.toString());
        fails("init", Path.of(grants).resolve("below").toString());
        fails("status", "--token-file", folder.resolve("none").toString());
        fails("status", "--url", "ftp://127.0.0.1");
        fails("status", "--url", "http://127.0.0.1:1");
        fails("run", "--plugins", plugins, "--grants", grants, "--settings", settings("address: 0.0.0.0"));
        twice();
        taken();
        answered(200, "hello");
        answered(401, "a token is needed");

        assertThat(said).allMatch(one -> rows().stream().anyMatch(row -> tells(row, one)));
        assertThat(rows()).allMatch(row -> said.stream().anyMatch(one -> tells(row, one)));
    }

    /** Two jars of one plugin, in a folder of their own. */
    private void twice() throws IOException {
        Path twins = Files.createDirectory(folder.resolve("twins"));
        for (String name : List.of("a.jar", "b.jar")) {
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(twins.resolve(name)))) {
                jar.putNextEntry(new ZipEntry("META-INF/headgate/plugin.yaml"));
                jar.write(PLUGIN.getBytes(StandardCharsets.UTF_8));
            }
        }
        fails("check", "--plugins", twins.toString(), "--grants", grants);
    }

    private void taken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = settings("port: " + other.getLocalPort());
            fails("run", "--plugins", plugins, "--grants", grants, "--settings", port);
        }
    }

    private void answered(int status, String text) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.status(status).sendString(Mono.just(text)))
                .bindNow();
        fails("status", "--url", "http://127.0.0.1:" + server.port());
        server.disposeNow();
    }

    @Test
    void listsEveryExitStatus() {
        List<String> statuses = Arrays.stream(Exit.class.getDeclaredFields())
                .filter(field -> field.getType() == int.class)
                .map(CommandErrorsPageTest::value)
                .sorted()
                .toList();

        assertThat(table("| exit | means | what to do |").map(row -> row.get(0)))
                .isEqualTo(statuses);
        assertThat(table("| exit | means | what to do |").map(row -> row.get(0) + ":" + row.get(1)))
                .containsExactly(
                        Headgate.commandLine().getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
                                .map(code -> code.getKey() + ":" + code.getValue())
                                .toArray(String[]::new));
    }

    private static String value(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    private static boolean tells(List<String> row, Said said) {
        String form =
                Stream.of(row.get(0).split("\\{[^}]*}", -1)).map(Pattern::quote).collect(Collectors.joining(".+"));
        return row.get(1).equals(String.valueOf(said.status()))
                && said.message().matches(form);
    }

    private static List<List<String>> rows() {
        return table("| message | exit | cause | fix |").toList();
    }

    private static Stream<List<String>> table(String header) {
        try {
            return Files.readString(PAGE)
                    .lines()
                    .dropWhile(line -> !line.equals(header))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(row -> Stream.of(row.substring(1).split("\\|", -1))
                            .map(cell -> cell.replace("`", "").strip())
                            .toList());
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
