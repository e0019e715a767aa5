package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The authority over one connection, with the answers about its declared target made in advance. */
final class ConnectionAuthority {

    private final String plugin;
    private final ConnectionDeclaration declared;
    private final GrantedTargets granted;
    private final @Nullable Answers answers;

    /** What is decided about the declared target. */
    private record Answers(Target target, Verdict subscribe, Verdict send) {}

    ConnectionAuthority(String plugin, ConnectionDeclaration declared, GrantedTargets granted) {
        this.plugin = plugin;
        this.declared = declared;
        this.granted = granted;
        this.answers = declared.dialTarget()
                .map(target -> new Answers(target, decideSubscribe(target), decide(target, Access.SEND)))
                .orElse(null);
    }

    Verdict subscribe(Target target) {
        Answers known = answersFor(target);
        return known == null ? decideSubscribe(target) : known.subscribe();
    }

    Verdict send(Target target) {
        Answers known = answersFor(target);
        return known == null ? decide(target, Access.SEND) : known.send();
    }

    List<String> subprotocols(Target target) {
        return subscribe(target) instanceof Verdict.Allowed
                ? granted.subprotocols(target, declared.subprotocols())
                : List.of();
    }

    Optional<Target> declaredTarget() {
        return declared.dialTarget();
    }

    /**
     * A session keeps the target it was dialled with: a record's equals tries identity first, and that nearly always
     * decides.
     */
    private @Nullable Answers answersFor(Target target) {
        Answers known = answers;
        return known != null && target.equals(known.target()) ? known : null;
    }

    private Verdict decideSubscribe(Target target) {
        Verdict verdict = decide(target, Access.SUBSCRIBE);
        return verdict instanceof Verdict.Allowed
                ? granted.subprotocolVerdict(target, declared.subprotocols())
                : verdict;
    }

    private Verdict decide(Target target, Access access) {
        if (!declared.target().matches(target) || !isDeclaredQuery(target.query())) {
            return Verdict.refused(
                    Rule.TARGET_NOT_DECLARED,
                    "connection " + declared.name() + " is declared for " + declared.target() + ", not for " + target
                            + (target.query().isEmpty() ? "" : " with another query"),
                    "declare a connection for the target in the manifest of " + plugin);
        }
        if (!declared.access().contains(access)) {
            return Verdict.refused(
                    Rule.ACCESS_NOT_DECLARED,
                    "connection " + declared.name() + " is declared without the access `" + access.wireName() + "`",
                    "add `" + access.wireName() + "` to its access in the manifest of " + plugin);
        }
        return granted.verdict(target, access);
    }

    /** A query comes from the manifest or not at all: a grant covers none. */
    private boolean isDeclaredQuery(String query) {
        return query.isEmpty()
                || declared.dialTarget()
                        .filter(target -> target.query().equals(query))
                        .isPresent();
    }
}
