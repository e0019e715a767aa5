package io.headgate.host.ingress;

/** A tally that counts. Guarded by the lane's lock. */
final class RunningTally {

    private long events;
    private long bytes;

    void add(long size) {
        events++;
        bytes += size;
    }

    void remove(long size) {
        events--;
        bytes -= size;
    }

    long events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    Tally snapshot() {
        return new Tally(events, bytes);
    }
}
