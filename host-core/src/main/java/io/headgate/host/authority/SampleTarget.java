package io.headgate.host.authority;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A URI that stands for all under a pattern: what an entry says of it, it says of every URI under the pattern. For that its
 * open parts have a name that no entry names.
 */
final class SampleTarget {

    private static final String NAME = "any";

    private SampleTarget() {}

    /**
     * Finds one.
     *
     * @param pattern what it is under
     * @param entries those that may not name it, unless they cover the whole pattern
     * @return the sample; empty where every URI under the pattern would be too long
     */
    static Optional<Target> under(TargetPattern pattern, Collection<WebSocketGrant> entries) {
        // An entry names two of these at most, one as a label and one as a segment. The short ones are for long
        // patterns.
        Stream<String> names = Stream.concat(
                Stream.of(NAME),
                Stream.concat(
                        IntStream.rangeClosed('a', 'z').mapToObj(Character::toString),
                        IntStream.rangeClosed(1, 2 * entries.size()).mapToObj(number -> NAME + number)));
        return names.flatMap(name -> named(pattern, name).stream())
                .filter(sample -> entries.stream()
                        .map(WebSocketGrant::target)
                        .allMatch(entry -> entry.covers(pattern) || !entry.matches(sample)))
                .findFirst();
    }

    private static Optional<Target> named(TargetPattern pattern, String name) {
        // Only a whole host, a first label and a last segment can be open.
        String text = pattern.toString().replace("/**", "/" + name).replace("*", name);
        try {
            return Optional.of(Target.parse(text));
        } catch (TargetException tooLong) {
            return Optional.empty();
        }
    }
}
