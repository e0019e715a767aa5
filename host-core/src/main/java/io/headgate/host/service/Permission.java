package io.headgate.host.service;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.SendBudget;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.command.CommandGate;
import io.headgate.host.transport.ConnectionSpec;
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

    /** Which addresses a dial may use. */
    AddressPolicy addresses(Target target) {
        return service.authority().get().addresses(connection, target, Access.SUBSCRIBE);
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
