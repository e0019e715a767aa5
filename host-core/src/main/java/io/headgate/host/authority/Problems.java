package io.headgate.host.authority;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with one file: all of it, but of a file that is wrong all over the first 100 problems. */
final class Problems {

    static final int MAX_PROBLEMS = 100;

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private int count;

    Problems(String file) {
        this.file = file;
    }

    void add(Position position, String path, String message) {
        count++;
        if (count <= MAX_PROBLEMS) {
            found.add(new Problem(file, position.line(), position.column(), path, message));
        }
    }

    int count() {
        return count;
    }

    /**
     * Makes a value unless something was wrong since the count was {@code mark}: its constructor may then rely on it.
     */
    <T> Optional<T> unlessSince(int mark, Supplier<T> value) {
        return count == mark ? Optional.of(value.get()) : Optional.empty();
    }

    ConfigurationException toException() {
        found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (count > MAX_PROBLEMS) {
            found.add(new Problem(file, 0, 0, "", (count - MAX_PROBLEMS) + " more problems"));
        }
        return new ConfigurationException(found);
    }
}
