package io.headgate.host.service;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.SendBudget;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.CommandGate;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What one connection may do at this moment. Any thread. */
record Permission(String connection, ServiceEnvironment service, LongSupplier incarnation) {

    /** What the host dials by itself. */
    Optional<Target> declaredTarget() {
        return service.authority().get().declaredTarget(connection);
    }

    Verdict subscribe(Target target) {
        return service.authority().get().subscribe(connection, target);
    }

    boolean maySubscribe(Target target) {
        return subscribe(target) instanceof Verdict.Allowed;
    }

    boolean maySend(Target target) {
        return service.authority().get().send(connection, target) instanceof Verdict.Allowed;
    }

    /**
     * What a session may not do any more as it was dialled, though its target may still be dialled.
     *
     * @param spec the dial
     * @param spoken the subprotocols that it speaks
     */
    Optional<TransportException> broken(ConnectionSpec spec, List<String> spoken) {
        return broken(spec.terms().stillHold(terms(spec.target()), spoken));
    }

    /** Likewise of a dial that nobody has answered yet. */
    Optional<TransportException> broken(ConnectionSpec spec) {
        return broken(spec.terms().stillHold(terms(spec.target())));
    }

    private static Optional<TransportException> broken(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused
                ? Optional.of(new TransportException(FailureKind.CONNECT, refused.message(), null))
                : Optional.empty();
    }

    /** What holds for a text; empty where none may be sent. */
    Optional<List<SendBudget>> sendBudgets(Target target) {
        Authority now = service.authority().get();
        return now.send(connection, target) instanceof Verdict.Allowed
                ? Optional.of(now.sendBudgets(connection, target))
                : Optional.empty();
    }

    ConnectionSpec spec(Target target) {
        return service.spec(connection, target, terms(target));
    }

    private DialTerms terms(Target target) {
        return service.authority().get().terms(connection, target, Access.SUBSCRIBE);
    }

    /** The gate of a session that has just opened. */
    CommandGate gate(long epoch, Target dialled) {
        return new CommandGate(connection, epoch, dialled, service.authority(), incarnation);
    }
}
