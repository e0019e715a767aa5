package io.headgate.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code java} block of README.md and docs compiles, and those with a harness, which need nothing else, are run; {@link JavaBlock}
 * has the rule. What is not to: {@code text}.
 */
final class DocsCompileTest {

    @TempDir
    private Path classes;

    @TestFactory
    Stream<DynamicTest> everyBlockCompiles() throws IOException {
        Path root = root();
        return documents(root).stream()
                .map(document -> DynamicTest.dynamicTest(
                        root.relativize(document).toString(),
                        () -> assertThat(problems(Files.readString(document))).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> everyTestOfAPluginPasses() throws IOException {
        Path root = root();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents(root)) {
            String text = Files.readString(document);
            List<JavaBlock> found =
                    JavaBlock.of(text).stream().filter(JavaBlock::isTest).toList();
            if (!found.isEmpty()) {
                Path compiled = Files.createTempDirectory(classes, "run");
                assertThat(problems(text, compiled)).isEmpty();
                found.forEach(block -> tests.add(DynamicTest.dynamicTest(
                        root.relativize(document) + ", line " + block.line(), () -> run(block, compiled))));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(8);
        return tests.stream();
    }

    private static void run(JavaBlock block, Path compiled) throws Exception {
        URL[] folder = {compiled.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(folder, DocsCompileTest.class.getClassLoader())) {
            Constructor<?> made = loader.loadClass("Block" + block.line()).getDeclaredConstructor();
            made.setAccessible(true);
            Method run = made.getDeclaringClass().getDeclaredMethod("run");
            run.setAccessible(true);
            run.invoke(made.newInstance());
        }
    }

    @Test
    void theReadmeShowsAPluginAHostAndATest() throws IOException {
        assertThat(JavaBlock.of(Files.readString(root().resolve("README.md")))).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aBlockThatDoesNotCompileIsFoundWithItsLine() {
        assertThat(problems("# Title\n\n```java\nint one = \"1\";\n```\n"))
                .singleElement()
                .asString()
                .startsWith("block at line 4:")
                .contains("incompatible types");
    }

    @Test
    void bodiesUnitsAndTheTypesOfOtherBlocksAreUnderstood() {
        String document = """
                ```java
                public final class Echo implements EventHandler {
                    @Override
                    public org.reactivestreams.Publisher<OutputCommand> on(IngressEvent event) {
                        return Mono.empty();
                    }
                }
                ```
                ```java
                import java.util.concurrent.TimeUnit;
                try (PluginHarness harness = PluginHarness.of(new Echo())) {
                    harness.opened("gateway").expectNothing();
                    TimeUnit.SECONDS.toMillis(1);
                }
                ```
                ```java
                record Pair(int left, int right) {}
                ```
                ```json
                { "not": "Java" }
                ```
                """;
        assertThat(JavaBlock.of(document)).hasSize(3);
        assertThat(problems(document)).isEmpty();
    }

    @Test
    void aFileThatIsWrittenAnewIsCompiledBothTimes() {
        String first = "```java file=a/Echo.java\npackage a;\npublic final class Echo {%s}\n```\n";
        String user = "```java file=a/User.java\npackage a;\nfinal class User { int one = Echo.ONE; }\n```\n";
        String constant = "static final int ONE = 1;";

        assertThat(problems(first.formatted(constant) + user + first.formatted(constant)))
                .isEmpty();
        assertThat(problems(first.formatted(constant) + user + first.formatted("")))
                .singleElement()
                .asString()
                .contains("cannot find symbol");
        assertThat(problems(first.formatted("int one = true;") + first.formatted("")))
                .singleElement()
                .asString()
                .contains("incompatible types");
    }

    private List<String> problems(String document) {
        return problems(document, classes);
    }

    private static List<String> problems(String document, Path classes) {
        return JavaBlock.rounds(document).stream()
                .filter(blocks -> !blocks.isEmpty())
                .flatMap(blocks -> compile(blocks, classes).stream())
                .toList();
    }

    private static List<String> compile(List<JavaBlock> blocks, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        compiler.getTask(new StringWriter(), null, found, options, null, blocks).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(DocsCompileTest::describe)
                .toList();
    }

    private static String describe(Diagnostic<? extends JavaFileObject> problem) {
        String block = problem.getSource() instanceof JavaBlock java ? "block at line " + java.line() : "class path";
        return block + ": " + problem.getMessage(Locale.ROOT);
    }

    private static List<Path> documents(Path root) throws IOException {
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.find(root.resolve("docs"), 9, (file, is) -> is.isRegularFile())) {
            return Stream.concat(top.filter(file -> file.endsWith("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Upwards from wherever Maven or an IDE runs this: the folder that holds the samples. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("samples"))) {
            here = here.getParent();
        }
        assertThat(here).as("the folder that holds samples").isNotNull();
        return here;
    }
}
