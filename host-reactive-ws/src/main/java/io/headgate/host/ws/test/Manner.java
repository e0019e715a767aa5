package io.headgate.host.ws.test;

import java.time.Duration;
import java.util.List;

/** What a fault makes of one way. Cut and reset are not of one way: they are the tunnel's. */
record Manner(Flow flow, Duration delay, int bytesPerSecond, int piece) {

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int PORTIONS_A_SECOND = 50;
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    static final Manner PASS = new Manner(Flow.ON, Duration.ZERO, NO_LIMIT, NO_LIMIT);
    static final Manner VANISH = PASS.with(Flow.NOWHERE);

    enum Flow {
        ON,
        NOWHERE,
        STOPPED
    }

    static Manner of(TcpFault fault, Way way) {
        Manner manner = PASS;
        for (TcpFault part : parts(fault)) {
            manner = manner.after(part, way);
        }
        return manner;
    }

    static List<TcpFault> parts(TcpFault fault) {
        return fault instanceof TcpFault.All all ? all.faults() : List.of(fault);
    }

    private Manner after(TcpFault fault, Way way) {
        if (fault instanceof TcpFault.Freeze) {
            return with(Flow.STOPPED);
        }
        if (fault instanceof TcpFault.Vanish vanish && vanish.way() == way) {
            return with(Flow.NOWHERE);
        }
        if (fault instanceof TcpFault.Delay late && late.way() == way) {
            return new Manner(flow, late.by(), bytesPerSecond, piece);
        }
        if (fault instanceof TcpFault.Throttle slow && slow.way() == way) {
            return new Manner(flow, delay, slow.bytesPerSecond(), piece);
        }
        if (fault instanceof TcpFault.Slice slice && slice.way() == way) {
            return new Manner(flow, delay, bytesPerSecond, slice.bytes());
        }
        return this;
    }

    private Manner with(Flow other) {
        return new Manner(other, delay, bytesPerSecond, piece);
    }

    boolean isThrottled() {
        return bytesPerSecond != NO_LIMIT;
    }

    /** Few enough that a second has many portions, or single bytes. */
    int portion() {
        return isThrottled() ? Math.min(piece, Math.max(1, bytesPerSecond / PORTIONS_A_SECOND)) : piece;
    }

    /** What so many bytes cost, rounded up. */
    Duration costOf(int bytes) {
        return Duration.ofNanos((bytes * NANOS_A_SECOND + bytesPerSecond - 1) / bytesPerSecond);
    }
}
