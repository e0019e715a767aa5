package io.headgate.host.authority;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why the entries of a grant are none together: no order of them could say what a dial under two of them is to do.
 *
 * @param entry which of them, the later one where it is about two
 * @param key its key that is to be changed
 * @param why never with a value that may be secret
 */
record EntryConflict(int entry, String key, String why) {

    static Optional<EntryConflict> among(List<WebSocketGrant> entries) {
        return ClientCertificates.conflict(entries).or(() -> Headers.conflict(entries));
    }

    /** Whether there may be a dial that both have a say in. */
    static boolean canMeet(WebSocketGrant one, WebSocketGrant other) {
        return !Collections.disjoint(dialling(one.access()), dialling(other.access()))
                && one.target().overlaps(other.target());
    }

    /** Which accesses dial, of some. */
    static Set<Access> dialling(Set<Access> access) {
        Set<Access> dialling = EnumSet.copyOf(access);
        dialling.remove(Access.SEND);
        return dialling;
    }
}
