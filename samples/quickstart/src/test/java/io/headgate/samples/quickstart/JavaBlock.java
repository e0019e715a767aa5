package io.headgate.samples.quickstart;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.SimpleJavaFileObject;

/**
 * One {@code java} block of a document, as a compilation unit.
 *
 * <p>A block that declares a type at its left margin is a unit as it stands. Any other is the body of a method that may
 * throw anything, in a class with the fields {@link #FIELDS}; its own imports move to the top. Both get {@link #IMPORTS}.
 * The blocks of one document are compiled together and see one another's types. A block that names its file
 * (<code>java file=…</code>) takes the place of an earlier one of that file: see {@link #rounds}.
 */
final class JavaBlock extends SimpleJavaFileObject {

    static final String IMPORTS = List.of(
                    "io.headgate.host.authority.*",
                    "io.headgate.host.diagnostics.*",
                    "io.headgate.host.loading.*",
                    "io.headgate.host.recording.*",
                    "io.headgate.host.service.*",
                    "io.headgate.host.ws.*",
                    "io.headgate.plugin.*",
                    "io.headgate.plugin.recording.*",
                    "io.headgate.plugin.test.*",
                    "java.nio.file.*",
                    "java.time.*",
                    "java.util.*",
                    "reactor.core.publisher.*")
            .stream()
            .map(name -> "import " + name + "; ")
            .collect(Collectors.joining());

    static final String FIELDS = "PluginHost host; ServicePlugin plugin; Manifest manifest; GrantFile grants;"
            + " Flux<IngressEvent> events; ServiceContext context; ";

    private static final String BODY = "void run() throws Throwable {\n";
    private static final Pattern FENCE = Pattern.compile("(?ms)^```java(?: file=(\\S+))?[^\\n]*\\n(.*?)^```");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:(?:public|final|abstract|sealed) )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]+;\\n?");

    private final String source;
    private final int line;
    private final String file;

    private JavaBlock(String type, String source, int line, String file) {
        super(URI.create("string:///" + type + Kind.SOURCE.extension), Kind.SOURCE);
        this.source = source;
        this.line = line;
        this.file = file;
    }

    /** The blocks of a document, in order. */
    static List<JavaBlock> of(String document) {
        List<JavaBlock> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(document);
        while (fence.find()) {
            int line = (int) document.substring(0, fence.start(2)).lines().count() + 1;
            String file = fence.group(1) == null ? "line " + line : fence.group(1);
            blocks.add(of(fence.group(2), line, file));
        }
        return blocks;
    }

    /** The blocks that stand together: as a reader has them each time before a file is written anew, and at the end. */
    static List<List<JavaBlock>> rounds(String document) {
        List<List<JavaBlock>> rounds = new ArrayList<>();
        Map<String, JavaBlock> standing = new LinkedHashMap<>();
        for (JavaBlock block : of(document)) {
            if (standing.containsKey(block.file)) {
                rounds.add(List.copyOf(standing.values()));
            }
            standing.put(block.file, block);
        }
        rounds.add(List.copyOf(standing.values()));
        return rounds;
    }

    private static JavaBlock of(String code, int line, String file) {
        Matcher type = TYPE.matcher(code);
        if (type.find()) {
            boolean named = code.contains("public " + type.group().replace("public ", ""));
            return new JavaBlock(named ? type.group(1) : "Block" + line, withImports(code), line, file);
        }
        String own = IMPORT.matcher(code)
                .results()
                .map(found -> found.group().strip())
                .collect(Collectors.joining(" "));
        String body = IMPORT.matcher(code).replaceAll("");
        String unit = IMPORTS + own + " class Block" + line + " { " + FIELDS + BODY + body + "}}";
        return new JavaBlock("Block" + line, unit, line, file);
    }

    /** Keeps the line numbers: nothing may stand before a package clause, so the imports go behind it. */
    private static String withImports(String code) {
        int end = code.startsWith("package ") ? code.indexOf(';') + 1 : 0;
        return code.substring(0, end) + IMPORTS + code.substring(end);
    }

    /** Whether it is the body of a test in virtual time. */
    boolean isTest() {
        return source.contains(BODY) && source.contains("try (PluginHarness ");
    }

    int line() {
        return line;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
    }
}
