package io.headgate.host.loading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes jars of plugins while a test runs: from source texts, with the compiler and the jar writer of the JDK. */
public final class JarKit {

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();

    private JarKit() {}

    /** A jar whose manifest declares one service of that class, with the connections of the host's tests. */
    public static JarKit plugin(String className) {
        return new JarKit().file(PluginJar.MANIFEST, """
                version: 1
                id: test.plugin
                release: 1.0.0
                services:
                  - name: bridge
                    class: %s
                    connections:
                      - {name: chat, target: "wss://chat.example.com/v1", access: [subscribe, send, exchange]}
                """.formatted(className));
    }

    /** What grants a jar what it declares. */
    public static String grants(PluginJar jar) {
        return """
                version: 1
                grants:
                  - plugin: test.plugin
                    release: 1.0.0
                    digest: %s
                    websocket:
                      - {target: "wss://chat.example.com/v1", access: [subscribe, send, exchange]}
                """.formatted(jar.digest());
    }

    static JarKit empty() {
        return new JarKit();
    }

    public JarKit file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    JarKit bytes(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** A class; its package and imports of the plugin API and Reactor are written by the kit. */
    public JarKit source(String className, String body) {
        int dot = className.lastIndexOf('.');
        sources.put(className, """
                package %s;
                import io.headgate.plugin.*;
                import java.util.*;
                import java.util.concurrent.*;
                import org.reactivestreams.Publisher;
                import reactor.core.publisher.*;
                """.formatted(className.substring(0, dot)) + body);
        return this;
    }

    public byte[] bytes() {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        if (!sources.isEmpty()) {
            all.putAll(compiled(sources));
        }
        return jarred(all);
    }

    public PluginJar jar() {
        return PluginJar.of("plugin.jar", bytes(), JarBounds.defaults());
    }

    static byte[] jarred(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                JarEntry entry = new JarEntry(file.getKey());
                // Else the digest is another one every two seconds.
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                jar.putNextEntry(entry);
                jar.write(file.getValue());
                jar.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The class files of some sources, by their names in a jar. */
    static Map<String, byte[]> compiled(Map<String, String> sources) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("-classpath", classPath, "--release", "17", "-proc:none", "-nowarn");
        try (StandardJavaFileManager standard = javac.getStandardFileManager(said, null, StandardCharsets.UTF_8);
                Memory memory = new Memory(standard)) {
            if (!javac.getTask(null, memory, said, options, null, units).call()) {
                throw new AssertionError(said.getDiagnostics().toString());
            }
            return memory.classes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends SimpleJavaFileObject {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, Output> outputs = new LinkedHashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return outputs.computeIfAbsent(className, Output::new);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            outputs.forEach(
                    (name, output) -> classes.put(name.replace('.', '/') + ".class", output.bytes.toByteArray()));
            return classes;
        }
    }
}
