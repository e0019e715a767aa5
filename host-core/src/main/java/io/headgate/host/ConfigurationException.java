package io.headgate.host;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manifest, a grant file or a plugin's jar is not usable. Its message has one line for each {@linkplain #problems() problem}; nothing
 * of the file takes effect.
 */
public final class ConfigurationException extends HeadgateException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, at least one. */
    @SuppressWarnings("serial") // List.copyOf is serializable, and so are its elements.
    private final List<Problem> problems;

    /**
     * Makes an error.
     *
     * @param problems what is wrong, at least one
     */
    public ConfigurationException(List<Problem> problems) {
        this(problems, null);
    }

    /**
     * Makes an error with a cause.
     *
     * @param problems what is wrong, at least one
     * @param cause what led to it; must not show a file's content
     */
    public ConfigurationException(List<Problem> problems, @Nullable Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
        this.problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must have at least one element, has 0");
        }
    }

    /**
     * What is wrong, in the order of the file.
     *
     * @return an unmodifiable list, never empty; of a file with more than 100 problems the first that were found, and a
     *     count of the rest
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing that is wrong with a file.
     *
     * @param file the file's name
     * @param line the line, counted from 1; 0 when the file as a whole is meant
     * @param column the column, counted from 1 in Unicode code points; 0 when the file as a whole is meant
     * @param path the key, for example {@code grants[0].limits.queue-events}; empty for the top of the file
     * @param message what was expected and what was found; never a secret
     */
    public record Problem(String file, int line, int column, String path, String message) implements Serializable {

        /** Checks the components. */
        public Problem {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(message, "message");
            if (line < 0 || column < 0) {
                throw new IllegalArgumentException(
                        "line and column must be at least 0, are " + line + " and " + column);
            }
        }

        /**
         * All there is to say, on one line.
         *
         * @return {@code file:line:column: path: message}, without the parts that are empty or 0
         */
        @Override
        public String toString() {
            String place = line == 0 ? file : file + ":" + line + ":" + column;
            return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
        }
    }
}
