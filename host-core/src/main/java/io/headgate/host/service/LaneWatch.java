package io.headgate.host.service;

import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.HoldEnd;
import io.headgate.host.ingress.LaneListener;
import io.headgate.host.ingress.Overflow;
import io.headgate.host.ingress.OverflowPolicy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a full queue does to a connection, and closes its session where that is the policy.
 *
 * @param connections finds a connection by its name
 * @param hold what ends a hold
 */
record LaneWatch(Function<String, @Nullable HostedConnection> connections, Hold hold) implements LaneListener {

    /** RFC 6455, 7.4.1: policy violation, for want of a code that says the receiver is too slow. */
    private static final int OVERFLOWED = 1008;

    @Override
    public void overflow(Overflow overflow) {
        HostedConnection connection = connections.apply(overflow.connection());
        if (connection != null) {
            connection.reporter().overflow(overflow);
            if (overflow.policy() == OverflowPolicy.CLOSE) {
                connection.close(overflow.epoch(), OVERFLOWED, "queue overflow");
            }
        }
    }

    @Override
    public void heldTooLong(String name, long epoch) {
        HostedConnection connection = connections.apply(name);
        if (connection != null) {
            connection.reporter().heldTooLong(hold);
            if (hold.end() == HoldEnd.CLOSE) {
                connection.close(epoch, OVERFLOWED, "held too long");
            }
        }
    }
}
