package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.service.PluginHost;
import io.headgate.plugin.ServicePlugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin sees, and what is not there for it. */
final class PluginClassLoaderTest {

    private static final String LIBRARY = """
            public final class Library implements java.util.function.Supplier<String> {
                public static int uses;
                public String get() { uses++; return "%s"; }
            }
            """;

    private static PluginClassLoader loader(JarKit kit) {
        return new PluginClassLoader("test", kit.jar());
    }

    private static PluginClassLoader empty() {
        return loader(JarKit.plugin("test.Bridge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.sql.Driver",
                "javax.tools.JavaCompiler",
                "org.reactivestreams.Publisher",
                "reactor.core.publisher.Flux",
                "reactor.core.scheduler.Schedulers",
                "reactor.util.context.Context",
                "reactor.adapter.JdkFlowAdapter",
                "org.jspecify.annotations.Nullable",
                "org.slf4j.Logger",
                "org.slf4j.event.Level",
                "io.headgate.plugin.ServicePlugin",
                "io.headgate.plugin.IngressEvent$Text"
            })
    void sees_what_the_host_shares(String name) throws ClassNotFoundException {
        assertThat(empty().loadClass(name)).isSameAs(Class.forName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.headgate.host.service.PluginHost",
                "io.headgate.host.HeadgateException",
                "io.headgate.plugin.test.PluginHarness",
                "tools.jackson.databind.ObjectMapper",
                "org.yaml.snakeyaml.Yaml",
                "reactor.test.StepVerifier",
                "reactor.blockhound.BlockHound",
                "org.junit.jupiter.api.Test",
                "org.assertj.core.api.Assertions",
                "io.headgate.host.loading.PluginClassLoaderTest"
            })
    void does_not_see_the_rest_of_the_host(String name) throws ClassNotFoundException {
        if (!name.startsWith("org.yaml") && !name.startsWith("reactor.blockhound")) {
            assertThat(Class.forName(name)).as("is there for the host").isNotNull();
        }
        assertThatThrownBy(() -> empty().loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/headgate/host/service/PluginHost.class",
                "io/headgate/plugin/ServicePlugin.class",
                "META-INF/services/reactor.blockhound.integration.BlockHoundIntegration",
                "META-INF/LICENSE",
                "io/headgate/host/loading/PluginClassLoaderTest.class"
            })
    void does_not_see_resources_of_the_host(String name) throws IOException {
        assertThat(PluginHost.class.getClassLoader().getResource(name))
                .as("is there for the host")
                .isNotNull();
        assertThat(empty().getResource(name)).isNull();
        assertThat(empty().getResourceAsStream(name)).isNull();
        assertThat(Collections.list(empty().getResources(name))).isEmpty();
    }

    @Test
    void sees_services_of_its_own_jar_only() {
        PluginClassLoader own = loader(JarKit.plugin("test.Bridge")
                .file("META-INF/services/java.util.function.Supplier", "lib.Library\n")
                .source("lib.Library", LIBRARY.formatted("own")));

        assertThat(ServiceLoader.load(Supplier.class, own).stream().map(ServiceLoader.Provider::get))
                .singleElement()
                .satisfies(found -> assertThat(((Supplier<?>) found).get()).isEqualTo("own"));
        assertThat(ServiceLoader.load(Supplier.class, empty())).isEmpty();
        assertThat(ServiceLoader.load(org.junit.platform.engine.TestEngine.class, PluginHost.class.getClassLoader()))
                .as("services of the host's class path")
                .isNotEmpty();
        assertThatThrownBy(() -> ServiceLoader.load(empty().loadClass("org.junit.platform.engine.TestEngine")))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void two_plugins_have_two_versions_of_one_library() throws ReflectiveOperationException {
        Class<?> first = loader(JarKit.plugin("test.Bridge").source("lib.Library", LIBRARY.formatted("1.0")))
                .loadClass("lib.Library");
        Class<?> second = loader(JarKit.plugin("test.Bridge").source("lib.Library", LIBRARY.formatted("2.0")))
                .loadClass("lib.Library");

        assertThat(first).isNotSameAs(second);
        assertThat(said(first)).isEqualTo("1.0");
        assertThat(said(second)).isEqualTo("2.0");
        assertThat(said(second)).isEqualTo("2.0");
        assertThat(first.getField("uses").get(null)).isEqualTo(1);
        assertThat(second.getField("uses").get(null)).isEqualTo(2);
    }

    private static Object said(Class<?> library) throws ReflectiveOperationException {
        return ((Supplier<?>) library.getConstructor().newInstance()).get();
    }

    @Test
    void the_jdk_comes_before_the_jar() throws ClassNotFoundException {
        PluginClassLoader loader =
                loader(JarKit.plugin("test.Bridge").file("javax/sql/DataSource.class", "not even code"));

        assertThat(loader.loadClass("javax.sql.DataSource")).isSameAs(javax.sql.DataSource.class);
    }

    @Test
    void packages_are_sealed_and_say_where_they_come_from() throws ClassNotFoundException {
        Class<?> library = loader(JarKit.plugin("test.Bridge")
                        .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 1.2.3\n")
                        .source("lib.Library", LIBRARY.formatted("x")))
                .loadClass("lib.Library");

        assertThat(library.getPackage().isSealed()).isTrue();
        assertThat(library.getPackage().getImplementationVersion()).isEqualTo("1.2.3");
        assertThat(library.getProtectionDomain().getCodeSource().getLocation().getProtocol())
                .isEqualTo("headgate-jar");
        // Else every thread that is made below plugin code would keep the loader, until Java 23.
        assertThat(library.getProtectionDomain().getClassLoader()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b.txt", "with space+plus%25.txt", "\u00fcml\u00e4ut.txt", "a#b?c.txt"})
    void resources_are_read_from_memory(String name) throws IOException {
        PluginClassLoader loader =
                loader(JarKit.plugin("test.Bridge").file(name, "content").file("a/c.txt", "sibling"));
        URL url = loader.getResource(name);

        assertThat(url).isNotNull();
        try (InputStream in = url.openStream();
                InputStream again = loader.getResourceAsStream(name)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("content");
            assertThat(again.readAllBytes()).asString().isEqualTo("content");
        }
        assertThat(url.openConnection().getContentLength()).isEqualTo(7);
        assertThat(Collections.list(loader.getResources(name))).hasSize(1);
        assertThat(loader.getResource("missing.txt")).isNull();
        assertThat(loader.getResource("../" + name)).isNull();
        if (name.startsWith("a/")) {
            try (InputStream in = new URL(url, "c.txt").openStream()) {
                assertThat(in.readAllBytes()).asString().isEqualTo("sibling");
            }
            assertThatThrownBy(() -> new URL(url, "../../x").openStream()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void many_threads_load_one_class_once() throws Exception {
        PluginClassLoader loader = loader(JarKit.plugin("test.Bridge").source("lib.Library", LIBRARY.formatted("x")));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Class<?>>> loads = IntStream.range(0, 64)
                    .<Callable<Class<?>>>mapToObj(i -> () -> loader.loadClass("lib.Library"))
                    .toList();
            for (Future<Class<?>> loaded : threads.invokeAll(loads)) {
                assertThat(loaded.get()).isSameAs(loader.loadClass("lib.Library"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(loader.isRegisteredAsParallelCapable()).isTrue();
    }

    @Test
    void the_plugin_api_is_the_hosts() throws ClassNotFoundException {
        PluginClassLoader loader = loader(JarKit.plugin("test.Bridge").source("test.Bridge", """
                public final class Bridge implements ServicePlugin {
                    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) { return Flux.empty(); }
                }
                """));

        assertThat(ServicePlugin.class).isAssignableFrom(loader.loadClass("test.Bridge"));
    }
}
