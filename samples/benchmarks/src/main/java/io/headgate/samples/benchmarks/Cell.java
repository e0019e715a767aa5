package io.headgate.samples.benchmarks;

import java.util.List;

/**
 * One workload, and who is measured under it.
 *
 * @param name what the table calls it
 * @param kind what goes on
 * @param bytes the length of each text; 0 where there is none
 * @param perSecond how many texts the server sends, where it paces them; else 0
 * @param entrants who; the first is the floor that the others' ratios are of, and the control of each round
 */
record Cell(String name, Kind kind, int bytes, int perSecond, List<Entrant> entrants) {

    /** What goes on in a cell. */
    enum Kind {
        /** The server sends as much as is taken. */
        FLOOD,
        /** The server sends so many a second. */
        PACED,
        /** The client sends as much as is taken. */
        SEND,
        /** The server sends so many a second, and times the answers. */
        ECHO,
        /** The connections are open. */
        IDLE
    }

    Entrant floor() {
        return entrants.get(0);
    }
}
