package io.headgate.host.ingress;

import org.jspecify.annotations.Nullable;

/**
 * What waits, in order of arrival, as a doubly linked chain. The links are in the places themselves, a pair for each kind of
 * chain, so that a place is taken out of the middle without a search. Guarded by the lane's lock.
 */
final class Chain {

    /** The chains that a place may be in, each of one kind at most. */
    enum Kind {
        /** All that waits in the lane. */
        LINE(0),
        /** All that waits of one connection. */
        CONNECTION(1),
        /** The texts among {@link #LINE}. */
        TEXTS(2),
        /** The texts among {@link #CONNECTION}. */
        CONNECTION_TEXTS(3);

        private final int pair;

        Kind(int pair) {
            this.pair = pair;
        }
    }

    /** A link back and a link forth for each kind. */
    static final int LINKS = 8;

    private final int back;
    private final int forth;
    private @Nullable Waiting first;
    private @Nullable Waiting last;
    private int size;

    Chain(Kind kind) {
        this.back = 2 * kind.pair;
        this.forth = back + 1;
    }

    @Nullable
    Waiting first() {
        return first;
    }

    @Nullable
    Waiting last() {
        return last;
    }

    @Nullable
    Waiting before(Waiting place) {
        return place.links[back];
    }

    @Nullable
    Waiting after(Waiting place) {
        return place.links[forth];
    }

    int size() {
        return size;
    }

    void append(Waiting place) {
        Waiting end = last;
        place.links[back] = end;
        if (end == null) {
            first = place;
        } else {
            end.links[forth] = place;
        }
        last = place;
        size++;
    }

    void remove(Waiting place) {
        Waiting before = place.links[back];
        Waiting after = place.links[forth];
        if (before == null) {
            first = after;
        } else {
            before.links[forth] = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.links[back] = before;
        }
        place.links[back] = null;
        place.links[forth] = null;
        size--;
    }

    /** The first place, but {@code passed}, which is the first of this chain or not in it. */
    @Nullable
    Waiting firstBut(@Nullable Waiting passed) {
        return first != null && first == passed ? after(first) : first;
    }
}
