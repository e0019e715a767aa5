package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The client certificates of a grant: a dial presents one. */
final class ClientCertificates {

    private ClientCertificates() {}

    /** The first two entries that would have one dial present two. */
    static Optional<EntryConflict> conflict(List<WebSocketGrant> entries) {
        int[] having = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).tls().identity().isPresent())
                .toArray();
        for (int second : having) {
            for (int first : having) {
                if (first < second && contradict(entries.get(first), entries.get(second))) {
                    return Optional.of(new EntryConflict(second, "tls", why(entries.get(first), entries.get(second))));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean contradict(WebSocketGrant one, WebSocketGrant other) {
        return one.tls().contradicts(other.tls()) && EntryConflict.canMeet(one, other);
    }

    private static String why(WebSocketGrant first, WebSocketGrant second) {
        return "the entries for " + first.target() + " and " + second.target()
                + " have different client certificates, and both cover a target that is dialled: only one can be presented";
    }
}
