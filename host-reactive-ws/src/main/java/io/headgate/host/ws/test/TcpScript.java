package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link FaultProxy} does with one connection: a fault from its beginning, and others that take its place one after the other. Immutable.
 *
 * <pre>{@code
 * TcpScript.of(TcpFault.pass())
 *         .after(Way.TO_HOST, 200, TcpFault.freeze())
 *         .after(Duration.ofSeconds(5), TcpFault.reset());
 * }</pre>
 *
 * @param first from the moment in which the connection leads to the peer
 * @param steps what follows, in order
 */
public record TcpScript(TcpFault first, List<Step> steps) {

    /** Copies the steps. */
    public TcpScript {
        steps = List.copyOf(steps);
    }

    /** When, and what then. */
    public sealed interface Step {

        /**
         * What then.
         *
         * @return takes the place of the fault before it
         */
        TcpFault then();
    }

    /**
     * As soon as so many bytes have gone one way, passed on or lost, since the step before. Exact: the next byte meets the fault.
     *
     * @param way which
     * @param bytes how many; from 1
     * @param then what then
     */
    public record AfterBytes(Way way, long bytes, TcpFault then) implements Step {

        /** Checks the components. */
        public AfterBytes {
            Checks.from1("bytes", bytes);
        }
    }

    /**
     * A while after the step before.
     *
     * @param length how long, on the proxy's timers; positive
     * @param then what then
     */
    public record AfterTime(Duration length, TcpFault then) implements Step {

        /** Checks the components. */
        public AfterTime {
            Checks.positive("length", length);
        }
    }

    /**
     * One fault from the beginning to the end.
     *
     * @param fault which
     * @return the script
     */
    public static TcpScript of(TcpFault fault) {
        return new TcpScript(fault, List.of());
    }

    /**
     * Then another, after so many bytes.
     *
     * @param way that go which way
     * @param bytes how many, since the step before; from 1
     * @param fault which
     * @return the longer script
     */
    public TcpScript after(Way way, long bytes, TcpFault fault) {
        return with(new AfterBytes(way, bytes, fault));
    }

    /**
     * Then another, after a while.
     *
     * @param length how long, since the step before; positive
     * @param fault which
     * @return the longer script
     */
    public TcpScript after(Duration length, TcpFault fault) {
        return with(new AfterTime(length, fault));
    }

    private TcpScript with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new TcpScript(first, longer);
    }
}
