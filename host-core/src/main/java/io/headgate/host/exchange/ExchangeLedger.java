package io.headgate.host.exchange;

/** Counts the exchanges of one service and their texts, and gives out the places. Safe for any thread: one short lock. */
final class ExchangeLedger {

    private final int atOnce;
    // All that follows is guarded by this.
    private long asked;
    private long refused;
    private long closed;
    private long failed;
    private long expired;
    private long open;
    private long sent;
    private long sentBytes;
    private long unsent;
    private long received;
    private long receivedBytes;
    private long timeouts;

    ExchangeLedger(int atOnce) {
        this.atOnce = atOnce;
    }

    /** One is asked for and refused. */
    synchronized void refused() {
        asked++;
        refused++;
    }

    /** One is asked for and takes a place; answers false where none is free, which is a refusal. */
    synchronized boolean enter() {
        asked++;
        if (open >= atOnce) {
            refused++;
            return false;
        }
        open++;
        return true;
    }

    /** One that took a place is over, and its socket is gone. */
    synchronized void leave(End end) {
        open--;
        switch (end.reason()) {
            case EXPIRED -> expired++;
            case FAILED, DIAL_FAILED -> failed++;
            default -> closed++;
        }
    }

    synchronized void sent(int bytes) {
        sent++;
        sentBytes += bytes;
    }

    synchronized void unsent() {
        unsent++;
    }

    synchronized void received(int bytes) {
        received++;
        receivedBytes += bytes;
    }

    synchronized void timedOut() {
        timeouts++;
    }

    synchronized ExchangeCounts counts() {
        return new ExchangeCounts(
                asked,
                refused,
                closed,
                failed,
                expired,
                open,
                sent,
                sentBytes,
                unsent,
                received,
                receivedBytes,
                timeouts);
    }
}
