package io.headgate.host.service;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.diagnostics.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What one look at a grant file found. Two that are equal say the same. */
sealed interface GrantReading {

    /** How many of a file's problems are told. */
    int MOST_PROBLEMS = 5;

    /** Grants that can be used. */
    record Usable(GrantFile grants) implements GrantReading {}

    /** What is wrong with the file. */
    record Unusable(String problem) implements GrantReading {}

    /** Reads a file. Blocks; never fails. */
    static GrantReading of(Path file) {
        try {
            return new Usable(GrantFile.read(file));
        } catch (ConfigurationException unusable) {
            return new Unusable(told(unusable.problems()));
        } catch (RuntimeException unexpected) {
            return new Unusable(file + ": " + Printable.error(unexpected));
        }
    }

    private static String told(List<Problem> problems) {
        int more = problems.size() - MOST_PROBLEMS;
        return problems.stream().limit(MOST_PROBLEMS).map(Problem::toString).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
