package io.headgate.samples.benchmarks.contender;

/** How much a contender does for each text it receives. */
public enum Work {
    /** What its library does, and no more. */
    BARE,
    /**
     * What Headgate's host does: UTF-8 checked, a bounded queue of {@value #QUEUE} that holds the peer back when it is full,
     * a hop to one worker, frames and bytes counted for each connection.
     */
    SAME;

    /** How many texts the queue takes. */
    public static final int QUEUE = 1024;
}
