package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.ConfigurationException;
import io.headgate.host.reference.ErrorsPage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/errors.md has what is wrong with a jar and its classes, as it is said. */
@Timeout(60)
final class JarErrorsPageTest {

    private static final String STATICS = "public class Bridge { static int one = Integer.parseInt(\"a\"); }";

    private final ErrorsPage page = new ErrorsPage();

    @Test
    void jars(@TempDir Path folder) {
        byte[] jar = JarKit.plugin("test.Bridge").bytes();
        List<String> said = Stream.<Callable<?>>of(
                        () -> PluginJar.read(Path.of("no.jar")),
                        () -> PluginJar.read(folder),
                        () -> PluginJar.of(
                                "a.jar", JarKit.empty().file("a", "b").bytes(), JarBounds.defaults()),
                        () -> PluginJar.of("a.jar", jar, JarBounds.defaults().withFileBytes(1)))
                .map(wrong -> catchThrowableOfType(ConfigurationException.class, wrong::call)
                        .problems()
                        .get(0)
                        .message())
                .toList();

        page.agrees("Jars", "| message | cause | fix |", said);
    }

    @Test
    void classes() {
        LoadedPlugin twice = new LoadedPlugin(JarKit.plugin("test.Bridge")
                .source("test.Bridge", handler(STATICS))
                .jar());
        Stream<Callable<?>> more = Stream.of(
                () -> service(new LoadedPlugin(JarKit.plugin("java.lang.Object").jar())),
                () -> service(new LoadedPlugin(JarKit.plugin("test.Bridge")
                        .file("test/Bridge.class", "no")
                        .jar())),
                () -> service(twice),
                () -> service(twice));
        Stream<Callable<?>> known = LoadedPluginTest.wrong()
                .map(row -> (JarKit) row.get()[1])
                .map(kit -> () -> service(new LoadedPlugin(kit.jar())));
        List<String> said = Stream.concat(known, more)
                .map(wrong -> String.valueOf(catchThrowable(wrong::call).getMessage()))
                .map(message -> message.replaceFirst("service \\S+ of \\S+: class \\S+ ", ""))
                .toList();

        page.agrees("Jars", "| what | cause | fix |", said);
    }

    private static Object service(LoadedPlugin plugin) {
        return plugin.service(plugin.jar().manifest().services().get(0));
    }

    private static String handler(String body) {
        return body.replace(
                "Bridge {",
                "Bridge implements EventHandler { public Publisher<OutputCommand> on(IngressEvent event)"
                        + " { return Mono.empty(); }");
    }
}
