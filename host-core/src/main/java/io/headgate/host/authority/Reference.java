package io.headgate.host.authority;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A part of a text: what is written there, or what is to be put there. */
sealed interface Reference {

    /** How one begins. */
    String OPEN = "${";

    /** The text itself. */
    record Literal(String text) implements Reference {

        @Override
        public String toString() {
            return text.length() + " characters";
        }
    }

    /** A variable of the host's environment. */
    record Environment(String name) implements Reference {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

        @Override
        public String toString() {
            return "${env:" + name + "}";
        }
    }

    /** The text of a file, absolute. */
    record File(Path path) implements Reference {

        private static final int MAX_PATH = 1024;

        @Override
        public String toString() {
            return "${file:" + path + "}";
        }
    }

    /**
     * Reads what stands between the braces. What is none is not shown: it may be a part of a secret that holds a brace.
     *
     * @throws ReferenceException when it is none
     */
    static Reference parse(String inside) {
        if (inside.startsWith("env:")) {
            String name = inside.substring(4);
            if (Environment.NAME.matcher(name).matches()) {
                return new Environment(name);
            }
        } else if (inside.startsWith("file:")) {
            return new File(path(inside.substring(5)));
        }
        throw unknown();
    }

    static ReferenceException unknown() {
        return new ReferenceException("expected ${env:NAME} or ${file:/absolute/path}, found ${ and something else (not"
                + " shown); $${ stands for ${ itself");
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            boolean plain = text.length() <= File.MAX_PATH && text.codePoints().allMatch(Shown::isPlain);
            if (plain && path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException none) {
            throw noPath();
        }
        throw noPath();
    }

    private static ReferenceException noPath() {
        return new ReferenceException("expected behind ${file: an absolute path of at most " + File.MAX_PATH
                + " characters, none of them a control character, found something else (not shown)");
    }
}
