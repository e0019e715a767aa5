package io.headgate.host.authority;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two entries that would have one dial present two client certificates.
 *
 * @param first the index of one
 * @param second the index of the other, which is higher
 */
record ClientCertificates(int first, int second) {

    /** The first two of a grant's entries that do. */
    static Optional<ClientCertificates> contradiction(List<WebSocketGrant> entries) {
        int[] having = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).tls().identity().isPresent())
                .toArray();
        for (int second : having) {
            for (int first : having) {
                if (first < second && contradict(entries.get(first), entries.get(second))) {
                    return Optional.of(new ClientCertificates(first, second));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean contradict(WebSocketGrant one, WebSocketGrant other) {
        return one.tls().contradicts(other.tls())
                && dialsBoth(one.access(), other.access())
                && one.target().overlaps(other.target());
    }

    private static boolean dialsBoth(Set<Access> some, Set<Access> others) {
        Set<Access> both = EnumSet.copyOf(some);
        both.retainAll(others);
        both.remove(Access.SEND);
        return !both.isEmpty();
    }

    String message(List<WebSocketGrant> entries) {
        return "the entries for " + entries.get(first).target() + " and "
                + entries.get(second).target()
                + " have different client certificates, and both cover a target that is dialled: only one can be presented";
    }
}
