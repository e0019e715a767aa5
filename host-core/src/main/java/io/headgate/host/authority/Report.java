package io.headgate.host.authority;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ConfigurationException.Problem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Prints an {@link AuthorityReport} of files: {@code java -cp … io.headgate.host.authority.Report [--json] --grants grants.yaml
 * plugin.yaml …}. Ends with
 *
 * <ul>
 *   <li>0 when {@linkplain AuthorityReport#agrees() all that is asked is granted, and nothing else};
 *   <li>1 when something is refused, or granted and not asked for;
 *   <li>2 when a file cannot be used, or the arguments: then nothing is reported, and what is wrong is on the error stream.
 * </ul>
 */
public final class Report {

    static final String USAGE =
            "usage: Report [--json] --grants <grant file> <manifest> …, with one manifest a plugin; a name that begins with - as ./-name";

    private static final int AGREES = 0;
    private static final int DIFFERS = 1;
    private static final int UNUSABLE = 2;

    private Report() {}

    /** What was asked for on the command line. */
    private record Wanted(boolean json, String grants, List<String> manifests) {}

    /**
     * Prints a report, and ends the process.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        Optional<Wanted> wanted = parse(arguments);
        if (wanted.isEmpty()) {
            err.println(USAGE);
            return UNUSABLE;
        }
        try {
            return print(wanted.get(), out);
        } catch (ConfigurationException | IllegalArgumentException unusable) {
            err.println(unusable.getMessage());
            return UNUSABLE;
        }
    }

    private static int print(Wanted wanted, PrintStream out) {
        List<Problem> problems = new ArrayList<>();
        Optional<GrantFile> grants = read(wanted.grants(), GrantFile::readWithoutSecrets, problems);
        List<Manifest> manifests = wanted.manifests().stream()
                .flatMap(file -> read(file, Manifest::read, problems).stream())
                .toList();
        if (grants.isEmpty() || !problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        AuthorityReport report = AuthorityReport.of(manifests, grants.get());
        out.print(wanted.json() ? report.toJson() : report.toText());
        out.flush();
        return report.agrees() ? AGREES : DIFFERS;
    }

    /** A file that cannot be used keeps none of the others from being looked at. */
    private static <T> Optional<T> read(String file, Function<Path, T> reading, List<Problem> problems) {
        try {
            return Optional.of(reading.apply(Path.of(file)));
        } catch (ConfigurationException unusable) {
            problems.addAll(unusable.problems());
            return Optional.empty();
        }
    }

    private static Optional<Wanted> parse(List<String> arguments) {
        boolean json = false;
        String grants = "";
        List<String> manifests = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--grants") && rest.hasNext() && grants.isEmpty()) {
                grants = rest.next();
            } else if (argument.startsWith("-")) {
                return Optional.empty();
            } else {
                manifests.add(argument);
            }
        }
        return grants.isEmpty() || manifests.isEmpty()
                ? Optional.empty()
                : Optional.of(new Wanted(json, grants, manifests));
    }
}
