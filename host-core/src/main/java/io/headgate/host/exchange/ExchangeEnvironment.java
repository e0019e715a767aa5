package io.headgate.host.exchange;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Target;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/**
 * What the exchanges of one service are given.
 *
 * @param service names the service, {@code plugin/service}
 * @param authority what it may do, at this moment
 * @param incarnation the incarnation that may dial and send at this moment; 0 for none
 * @param settings the bounds
 * @param driver dials
 * @param specs makes what is dialled
 * @param timer the host's clock and timer
 * @param log the host's diagnostics
 * @param thread makes what the service's signals arrive on: neither an event loop nor the thread of its events; called once at
 *     most, and disposed of at the end
 */
public record ExchangeEnvironment(
        String service,
        Supplier<Authority> authority,
        LongSupplier incarnation,
        ExchangeSettings settings,
        ConnectionDriver driver,
        Specs specs,
        Scheduler timer,
        DiagnosticLog log,
        Supplier<Scheduler> thread) {

    /** Makes what is dialled: the same as for a connection of the service, but for what the authority says of its target. */
    @FunctionalInterface
    public interface Specs {

        /**
         * Makes a dial's description.
         *
         * @param connection the connection's name
         * @param target where to
         * @param terms on which terms
         * @return the description
         */
        ConnectionSpec spec(String connection, Target target, DialTerms terms);
    }
}
