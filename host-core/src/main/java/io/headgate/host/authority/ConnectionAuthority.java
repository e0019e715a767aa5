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
    private record Answers(Target target, Verdict subscribe, Verdict send, Verdict exchange) {}

    ConnectionAuthority(String plugin, ConnectionDeclaration declared, GrantedTargets granted) {
        this.plugin = plugin;
        this.declared = declared;
        this.granted = granted;
        this.answers = declared.dialTarget()
                .map(target -> new Answers(
                        target,
                        decideDial(target, Access.SUBSCRIBE),
                        decide(target, Access.SEND),
                        decideDial(target, Access.EXCHANGE)))
                .orElse(null);
    }

    Verdict subscribe(Target target) {
        Answers known = answersFor(target);
        return known == null ? decideDial(target, Access.SUBSCRIBE) : known.subscribe();
    }

    Verdict send(Target target) {
        Answers known = answersFor(target);
        return known == null ? decide(target, Access.SEND) : known.send();
    }

    Verdict exchange(Target target) {
        Answers known = answersFor(target);
        return known == null ? decideDial(target, Access.EXCHANGE) : known.exchange();
    }

    Verdict exchange() {
        Answers known = answers;
        return known == null
                ? Verdict.refused(
                        Rule.TARGET_NOT_DECLARED,
                        "connection " + declared.name() + " is declared with the pattern " + declared.target()
                                + ", which names no URI to dial",
                        "declare a connection with the URI of the exchange in the manifest of " + plugin)
                : known.exchange();
    }

    /** None for an access that dials nothing. */
    DialTerms terms(Target target, Access access) {
        boolean allowed = switch (access) {
            case SUBSCRIBE -> subscribe(target) instanceof Verdict.Allowed;
            case EXCHANGE -> exchange(target) instanceof Verdict.Allowed;
            case SEND -> false;
        };
        return allowed ? granted.terms(target, declared.subprotocols(), access) : DialTerms.NONE;
    }

    Verdict.Refused addressNotGranted(Target target, Access access, RefusedAddresses refused) {
        return granted.addressNotGranted(target, access, refused);
    }

    Verdict.Refused noProxy(Target target, Access access) {
        return granted.noProxy(target, access);
    }

    List<SendBudget> sendBudgets(Target target) {
        return send(target) instanceof Verdict.Allowed ? granted.sendBudgets(target) : List.of();
    }

    QueryPolicy query(Target target) {
        return subscribe(target) instanceof Verdict.Allowed ? granted.query(target) : QueryPolicy.DECLARED;
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

    private Verdict decideDial(Target target, Access access) {
        Verdict verdict = decide(target, access);
        if (verdict instanceof Verdict.Allowed && !isDeclaredQuery(target.query())) {
            verdict = granted.queryVerdict(target, access);
        }
        return verdict instanceof Verdict.Allowed
                ? granted.subprotocolVerdict(target, declared.subprotocols(), access)
                : verdict;
    }

    private Verdict decide(Target target, Access access) {
        if (!declared.target().matches(target)) {
            return Verdict.refused(
                    Rule.TARGET_NOT_DECLARED,
                    "connection " + declared.name() + " is declared for " + declared.target() + ", not for " + target,
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

    /** What else a query says, an entry of the grant has to allow. */
    private boolean isDeclaredQuery(String query) {
        return query.isEmpty()
                || declared.dialTarget()
                        .filter(target -> target.query().equals(query))
                        .isPresent();
    }
}
