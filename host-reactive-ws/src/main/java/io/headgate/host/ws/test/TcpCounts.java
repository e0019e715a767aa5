package io.headgate.host.ws.test;

/**
 * What a {@link FaultProxy} has seen so far, of all its connections together. Of each way {@code read = passed + lost + held}, in each snapshot.
 *
 * @param accepted connections that were accepted
 * @param open those of them of which a socket is open, to the host or to the peer
 * @param toHost the way to the host
 * @param toPeer the way to the peer
 */
public record TcpCounts(int accepted, int open, Ledger toHost, Ledger toPeer) {

    /** Nothing yet. */
    static final TcpCounts NONE = new TcpCounts(0, 0, Ledger.EMPTY, Ledger.EMPTY);

    /**
     * The bytes of one way.
     *
     * @param read taken from the one side's socket
     * @param passed taken by the other side's kernel
     * @param lost by a fault, or because the other side had gone
     * @param held wait in the proxy, delayed, throttled, frozen or for the other side to read; not those that wait in a kernel
     * @param writes how many writes passed them on
     */
    public record Ledger(long read, long passed, long lost, long held, long writes) {

        static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0);

        Ledger read(int bytes) {
            return new Ledger(read + bytes, passed, lost, held + bytes, writes);
        }

        Ledger passed(int bytes) {
            return new Ledger(read, passed + bytes, lost, held - bytes, writes + 1);
        }

        Ledger lost(int bytes) {
            return new Ledger(read, passed, lost + bytes, held - bytes, writes);
        }
    }

    /**
     * The bytes of one way.
     *
     * @param way which
     * @return its ledger
     */
    public Ledger of(Way way) {
        return way == Way.TO_HOST ? toHost : toPeer;
    }

    TcpCounts with(Way way, Ledger ledger) {
        return way == Way.TO_HOST
                ? new TcpCounts(accepted, open, ledger, toPeer)
                : new TcpCounts(accepted, open, toHost, ledger);
    }

    TcpCounts opened() {
        return new TcpCounts(accepted + 1, open + 1, toHost, toPeer);
    }

    TcpCounts closed() {
        return new TcpCounts(accepted, open - 1, toHost, toPeer);
    }
}
