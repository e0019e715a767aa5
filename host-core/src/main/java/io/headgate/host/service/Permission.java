package io.headgate.host.service;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
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
     * What a dial may not do any more as it was begun, though its target may still be dialled.
     *
     * @param spec the dial
     * @param spoken the subprotocols that it speaks, or may come to speak
     */
    Optional<TransportException> broken(ConnectionSpec spec, List<String> spoken) {
        Authority authority = service.authority().get();
        if (!spec.addresses().equals(authority.addresses(connection, spec.target(), Access.SUBSCRIBE))) {
            // Of a session the host does not know the address: it may be one that is let through no longer.
            return over("which addresses the target may lead to was changed in the grant");
        }
        return authority.subprotocols(connection, spec.target()).containsAll(spoken)
                ? Optional.empty()
                : over("a subprotocol that was offered or chosen is not granted any more");
    }

    private static Optional<TransportException> over(String why) {
        return Optional.of(new TransportException(FailureKind.CONNECT, why, null));
    }

    /** What holds for a text; empty where none may be sent. */
    Optional<List<SendBudget>> sendBudgets(Target target) {
        Authority now = service.authority().get();
        return now.send(connection, target) instanceof Verdict.Allowed
                ? Optional.of(now.sendBudgets(connection, target))
                : Optional.empty();
    }

    ConnectionSpec spec(Target target) {
        Authority authority = service.authority().get();
        return service.spec(
                connection,
                target,
                authority.subprotocols(connection, target),
                authority.addresses(connection, target, Access.SUBSCRIBE));
    }

    /** The gate of a session that has just opened. */
    CommandGate gate(long epoch, Target dialled) {
        return new CommandGate(connection, epoch, dialled, service.authority(), incarnation);
    }
}
