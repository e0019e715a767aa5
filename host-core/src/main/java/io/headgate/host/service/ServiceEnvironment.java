package io.headgate.host.service;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Limits;
import io.headgate.host.authority.LivenessSettings;
import io.headgate.host.authority.ReconnectSettings;
import io.headgate.host.authority.RestartSettings;
import io.headgate.host.authority.Target;
import io.headgate.host.command.MailboxBounds;
import io.headgate.host.command.OpenTokens;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import io.headgate.host.exchange.ExchangeEnvironment;
import io.headgate.host.ingress.LaneBounds;
import io.headgate.host.recording.ServiceRecorder;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/**
 * What the parts of one service share.
 *
 * @param name {@code plugin/service}
 * @param authority what it may do, at this moment
 * @param limits its bounds, from the grant
 * @param restart how it comes back, from the grant
 * @param reconnect how its connections come back, from the grant
 * @param liveness how their peers are watched, from the grant
 * @param settings the host's settings
 * @param mailbox the bounds of each session's mailbox
 * @param opens what it may still open
 * @param driver dials
 * @param timer the host's clock and timer
 * @param log the host's diagnostics
 * @param recorder takes down what passes between the host and the plugin
 * @param audit told of every outcome, besides the plugin
 * @param random from 0 to 1, for waits
 */
record ServiceEnvironment(
        String name,
        Supplier<Authority> authority,
        Limits limits,
        RestartSettings restart,
        ReconnectSettings reconnect,
        LivenessSettings liveness,
        HostSettings settings,
        MailboxBounds mailbox,
        OpenTokens opens,
        ConnectionDriver driver,
        Scheduler timer,
        DiagnosticLog log,
        ServiceRecorder recorder,
        OutcomeListener audit,
        DoubleSupplier random) {

    QueueBound queueBound() {
        return new QueueBound(limits.queueEvents(), limits.queueBytes(), limits.overflow());
    }

    LaneBounds laneBounds() {
        return new LaneBounds(
                limits.queueEvents(),
                limits.queueBytes(),
                limits.overflow(),
                limits.connectionShare(),
                limits.messageBytes(),
                limits.hold());
    }

    /** The wall clock, which may be set: for what is shown. */
    long now() {
        return timer.now(TimeUnit.MILLISECONDS);
    }

    /** A clock that nobody sets, from an arbitrary zero: for durations. Reactor's schedulers ask the wall clock for milliseconds only. */
    long steadyMillis() {
        return TimeUnit.NANOSECONDS.toMillis(timer.now(TimeUnit.NANOSECONDS));
    }

    /** One dial: the one place that puts the limits and timeouts of a service into it. */
    ConnectionSpec spec(String connection, Target target, DialTerms terms) {
        return new ConnectionSpec(
                name, connection, target, terms, limits.messageBytes(), settings.dial(), settings.closeTimeout());
    }

    /** What the service's exchanges are given. */
    ExchangeEnvironment exchanges(LongSupplier incarnation, Supplier<Scheduler> thread) {
        return new ExchangeEnvironment(
                name, authority, incarnation, settings.exchanges(), driver, this::spec, timer, log, thread);
    }

    /** Records a diagnostic of this moment. */
    void report(LongFunction<Diagnostic> diagnostic) {
        log.record(diagnostic.apply(now()));
    }
}
