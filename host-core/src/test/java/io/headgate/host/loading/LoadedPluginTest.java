package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.plugin.ServicePlugin;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service's class must be, and what is said where it is not. */
final class LoadedPluginTest {

    private static final String HANDLER =
            "implements EventHandler { public Publisher<OutputCommand> on(IngressEvent event)"
                    + " { return Mono.empty(); } ";

    private static ServicePlugin service(PluginJar jar) {
        return new LoadedPlugin(jar).service(jar.manifest().services().get(0));
    }

    private static Arguments row(String what, String body, String... expected) {
        return Arguments.of(what, JarKit.plugin("test.Bridge").source("test.Bridge", body), expected);
    }

    static Stream<Arguments> wrong() {
        String starts = "service bridge of test.plugin: class test.Bridge ";
        return Stream.of(
                row("missing", "class Other {}", starts + "is not in the jar"),
                row("no service", "public class Bridge {}", starts + "is neither a ServicePlugin nor an EventHandler"),
                row("abstract", "public abstract class Bridge implements ServicePlugin {}", starts + "is abstract"),
                row("an interface", "public interface Bridge extends ServicePlugin {}", starts + "is abstract"),
                row("hidden", "class Bridge " + HANDLER + "public Bridge() {} }", starts + "is not public"),
                row(
                        "without the constructor",
                        "public class Bridge " + HANDLER + "public Bridge(int n) {} }",
                        starts + "has no public constructor without parameters"),
                row(
                        "with a hidden constructor",
                        "public class Bridge " + HANDLER + "Bridge() {} }",
                        starts + "has no public constructor without parameters"),
                row(
                        "an enum",
                        "public enum Bridge " + HANDLER.replace("{ public", "{ ONE; public") + "}",
                        starts + "has no public constructor without parameters"),
                row(
                        "failing",
                        "public class Bridge " + HANDLER
                                + "public Bridge() { throw new IllegalStateException(\"s3cret\"); } }",
                        starts
                                + "has a constructor that failed: java.lang.IllegalStateException at test.Bridge.<init>:"),
                row(
                        "failing in its statics",
                        "public class Bridge " + HANDLER + "static int one = Integer.parseInt(\"s3cret\"); }",
                        starts + "has a static initialiser that failed: java.lang.NumberFormatException at "),
                row(
                        "failing fatally",
                        "public class Bridge " + HANDLER + "public Bridge() { throw new StackOverflowError(); } }",
                        starts + "has a constructor that failed: java.lang.StackOverflowError"),
                row(
                        "failing with an error that fails",
                        "public class Bridge " + HANDLER + "static class E extends Error { public StackTraceElement[]"
                                + " getStackTrace() { throw this; } public String getMessage() { throw this; } }"
                                + " public Bridge() { throw new E(); } }",
                        starts + "has a constructor that failed: test.Bridge$E, which does not tell"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void a_class_that_is_not_as_it_should_be_is_named(String what, JarKit kit, String[] expected) {
        assertThatThrownBy(() -> service(kit.jar()))
                .isInstanceOf(PluginLoadException.class)
                .hasNoCause()
                .hasMessageContainingAll(expected)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void a_class_of_the_jdk_is_not_the_plugins() {
        assertThatThrownBy(() -> service(JarKit.plugin("java.lang.Object").jar()))
                .hasMessageEndingWith("class java.lang.Object is the JDK's or the host's, not the jar's");
        assertThatThrownBy(() -> service(
                        JarKit.plugin("io.headgate.plugin.ServicePlugin").jar()))
                .hasMessageEndingWith("is the JDK's or the host's, not the jar's");
    }

    @Test
    void a_class_that_needs_what_the_host_hides_is_told_what_it_sees() {
        PluginJar jar = JarKit.plugin("test.Bridge")
                .source("test.Bridge", "public class Bridge extends io.headgate.host.loading.HiddenBase {}")
                .jar();

        assertThatThrownBy(() -> service(jar))
                .hasMessageContaining(
                        "cannot be loaded: java.lang.NoClassDefFoundError: io/headgate/host/loading/HiddenBase"
                                + "; of the host a plugin sees org.reactivestreams, ");
    }

    @Test
    void a_class_file_that_is_none_is_refused() {
        PluginJar jar = JarKit.plugin("test.Bridge")
                .file("test/Bridge.class", "not code")
                .jar();

        assertThatThrownBy(() -> service(jar)).hasMessageContaining("cannot be loaded: java.lang.ClassFormatError");
    }

    @Test
    void a_class_under_another_name_is_refused() {
        byte[] other = JarKit.compiled(Map.of("test.Other", "package test; public class Other {}"))
                .get("test/Other.class");
        JarKit kit = JarKit.plugin("test.Bridge");
        kit.bytes("test/Bridge.class", other);

        assertThatThrownBy(() -> service(kit.jar()))
                .hasMessageContaining("cannot be loaded: java.lang.NoClassDefFoundError");
    }

    @Test
    void nothing_of_a_class_runs_before_it_was_found_to_be_a_service() {
        System.clearProperty("headgate.test.ran");
        PluginJar jar = JarKit.plugin("test.Bridge")
                .source(
                        "test.Bridge",
                        "public abstract class Bridge implements ServicePlugin {"
                                + " static { System.setProperty(\"headgate.test.ran\", \"yes\"); } }")
                .jar();

        assertThatThrownBy(() -> service(jar)).hasMessageContaining("is abstract");
        assertThat(System.getProperty("headgate.test.ran")).isNull();
    }

    @Test
    void both_doors_are_open_and_each_call_makes_one() {
        PluginJar handler = JarKit.plugin("test.Bridge")
                .source("test.Bridge", "public class Bridge " + HANDLER + "}")
                .jar();
        PluginJar expert = JarKit.plugin("test.Bridge")
                .source(
                        "test.Bridge",
                        "public class Bridge implements ServicePlugin { public Flux<OutputCommand> handle("
                                + "Flux<IngressEvent> events, ServiceContext context) { return Flux.empty(); } }")
                .jar();
        LoadedPlugin loaded = new LoadedPlugin(expert);
        ServicePlugin one = loaded.service(expert.manifest().services().get(0));

        assertThat(service(handler)).isNotNull();
        assertThat(one.getClass().getName()).isEqualTo("test.Bridge");
        assertThat(loaded.service(expert.manifest().services().get(0))).isNotSameAs(one);
        loaded.release();
        assertThatThrownBy(() -> loaded.service(expert.manifest().services().get(0)))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining("has let go of the plugin");
    }
}
