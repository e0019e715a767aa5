package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link FaultProxy} does wrong, with one way or with both. Immutable. One fault takes the place of the one before it; those that
 * should hold at the same time are joined with {@link #and(TcpFault)}. A way that a fault does not speak of is passed on as it comes.
 *
 * <p>{@code docs/reference/faults.md} lists them.
 */
public sealed interface TcpFault {

    /** Nothing wrong. */
    record Pass() implements TcpFault {
        @Override
        public String what() {
            return "passes everything on as it comes";
        }

        @Override
        public String toString() {
            return "pass()";
        }
    }

    /**
     * Lateness.
     *
     * @param way which
     * @param by how late, on the proxy's timers; positive
     */
    record Delay(Way way, Duration by) implements TcpFault {

        /** Checks the components. */
        public Delay {
            Checks.positive("by", by);
        }

        @Override
        public String what() {
            return "passes " + way.words() + " on " + by + " later, in order, its end too";
        }

        @Override
        public String toString() {
            return "delay(" + way + ", " + by + ")";
        }
    }

    /**
     * Slowness.
     *
     * @param way which
     * @param bytesPerSecond how many, on the proxy's timers; from 1
     */
    record Throttle(Way way, int bytesPerSecond) implements TcpFault {

        /** Checks the components. */
        public Throttle {
            Checks.from1("bytesPerSecond", bytesPerSecond);
        }

        @Override
        public String what() {
            return "passes of " + way.words() + " " + bytesPerSecond + " bytes a second on";
        }

        @Override
        public String toString() {
            return "throttle(" + way + ", " + bytesPerSecond + ")";
        }
    }

    /**
     * Pieces.
     *
     * @param way which
     * @param bytes of how many bytes; from 1
     */
    record Slice(Way way, int bytes) implements TcpFault {

        /** Checks the components. */
        public Slice {
            Checks.from1("bytes", bytes);
        }

        @Override
        public String what() {
            return "passes " + way.words() + " on in pieces of " + bytes + " bytes at most, each in a write of its own";
        }

        @Override
        public String toString() {
            return "slice(" + way + ", " + bytes + ")";
        }
    }

    /**
     * Half-open: one way leads nowhere, and nobody is told.
     *
     * @param way which
     */
    record Vanish(Way way) implements TcpFault {
        @Override
        public String what() {
            return "takes " + way.words() + " and loses it, FIN and RST too; the other way goes on";
        }

        @Override
        public String toString() {
            return "vanish(" + way + ")";
        }
    }

    /** Nothing is read any more. */
    record Freeze() implements TcpFault {
        @Override
        public String what() {
            return "reads neither way, so that the kernels' buffers fill; both sockets stay open";
        }

        @Override
        public String toString() {
            return "freeze()";
        }
    }

    /** The end, with FIN. */
    record Cut() implements TcpFault {
        @Override
        public String what() {
            return "sends FIN both ways; what is on its way, or comes later, is lost";
        }

        @Override
        public String toString() {
            return "cut()";
        }
    }

    /** The end, with RST. */
    record Reset() implements TcpFault {
        @Override
        public String what() {
            return "sends RST both ways; what is on its way is lost";
        }

        @Override
        public String toString() {
            return "reset()";
        }
    }

    /**
     * Several at the same time. Where two say the same of the same way, the later one holds.
     *
     * @param faults which, at least one; none of them is such a list
     */
    record All(List<TcpFault> faults) implements TcpFault {

        /** Copies the list, and takes lists within it apart. */
        public All {
            faults = faults.stream().flatMap(fault -> parts(fault).stream()).toList();
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("faults must not be empty");
            }
        }

        private static List<TcpFault> parts(TcpFault fault) {
            return fault instanceof All all ? all.faults : List.of(fault);
        }

        @Override
        public String what() {
            return String.join("; ", faults.stream().map(TcpFault::what).toList());
        }

        @Override
        public String toString() {
            return faults.get(0)
                    + String.join(
                            "",
                            faults.stream()
                                    .skip(1)
                                    .map(fault -> ".and(" + fault + ")")
                                    .toList());
        }
    }

    /**
     * What the proxy does.
     *
     * @return in words
     */
    String what();

    /**
     * This and that at the same time.
     *
     * @param other that; where both say the same of the same way, it holds
     * @return both
     */
    default TcpFault and(TcpFault other) {
        List<TcpFault> both = new ArrayList<>();
        both.add(this);
        both.add(other);
        return new All(both);
    }

    /**
     * Nothing wrong.
     *
     * @return the fault that is none
     */
    static TcpFault pass() {
        return new Pass();
    }

    /**
     * Passes both ways on later: see {@link Delay}.
     *
     * @param by how late; positive
     * @return the fault
     */
    static TcpFault delay(Duration by) {
        return delay(Way.TO_HOST, by).and(delay(Way.TO_PEER, by));
    }

    /**
     * Passes one way on later, in order. At most 64 KiB, and one read of the socket, wait in the proxy: a delay bounds the throughput too.
     *
     * @param way which
     * @param by how late; positive
     * @return the fault
     */
    static TcpFault delay(Way way, Duration by) {
        return new Delay(way, by);
    }

    /**
     * Passes one way on slowly. A byte is passed on when it has been paid for: n bytes take n/{@code bytesPerSecond} seconds at least.
     *
     * @param way which
     * @param bytesPerSecond how many; from 1
     * @return the fault
     */
    static TcpFault throttle(Way way, int bytesPerSecond) {
        return new Throttle(way, bytesPerSecond);
    }

    /**
     * Passes one way on in pieces, each in a write of its own, so that a reader may find frames and headers cut anywhere. A kernel may join
     * what its reader does not take at once.
     *
     * @param way which
     * @param bytes of how many bytes at most; from 1
     * @return the fault
     */
    static TcpFault slice(Way way, int bytes) {
        return new Slice(way, bytes);
    }

    /**
     * One way leads nowhere: what is sent there is taken and lost, with it FIN and RST, so that the one side never learns that the other has
     * gone. The other way goes on.
     *
     * @param way which
     * @return the fault
     */
    static TcpFault vanish(Way way) {
        return new Vanish(way);
    }

    /**
     * Both ways lead nowhere: as {@link #vanish(Way)}.
     *
     * @return the fault
     */
    static TcpFault vanish() {
        return vanish(Way.TO_HOST).and(vanish(Way.TO_PEER));
    }

    /**
     * Stops reading both ways. Nothing is lost, not even the end of either side, which is noticed after it. As the first fault of a connection: TCP
     * is accepted, and nothing said.
     *
     * @return the fault
     */
    static TcpFault freeze() {
        return new Freeze();
    }

    /**
     * Ends TCP with FIN, both ways. Nothing that follows changes it.
     *
     * @return the fault
     */
    static TcpFault cut() {
        return new Cut();
    }

    /**
     * Ends TCP with RST, both ways. What a kernel has not sent yet is lost with it.
     *
     * @return the fault
     */
    static TcpFault reset() {
        return new Reset();
    }
}
