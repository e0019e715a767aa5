package io.headgate.host.authority;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A connection that a service asks for.
 *
 * @param name the name, unique in its service: 1 to 64 of {@code [a-zA-Z0-9._-]}
 * @param target what may be dialled
 * @param dialTarget what the host dials by itself, with its query; empty when {@code target} is open, and the plugin
 *     has to name the URI
 * @param access what is asked for, at least one
 * @param subprotocols what to offer, in order of preference; HTTP tokens, unique, at most 16; empty for none
 */
public record ConnectionDeclaration(
        String name, TargetPattern target, Optional<Target> dialTarget, Set<Access> access, List<String> subprotocols) {

    /** Copies and checks the components. */
    public ConnectionDeclaration {
        Require.name("connection name", name);
        Objects.requireNonNull(target, "target");
        if (dialTarget.isPresent() != target.isExact()) {
            throw new IllegalArgumentException(
                    "dialTarget must be there exactly when the target is no open pattern, target is " + target);
        }
        if (!dialTarget.map(target::matches).orElse(true)) {
            throw new IllegalArgumentException(
                    "dialTarget must be under the target " + target + ", is " + dialTarget.get());
        }
        access = Require.access(access);
        subprotocols = Require.subprotocols(subprotocols);
    }

    /**
     * Declares a connection as a manifest does.
     *
     * @param name see {@link #name()}
     * @param target a URI, with a query or without, or a pattern, without one
     * @param access see {@link #access()}
     * @param subprotocols see {@link #subprotocols()}
     * @return the declaration
     * @throws TargetException when the target is malformed
     */
    public static ConnectionDeclaration of(String name, String target, Set<Access> access, List<String> subprotocols) {
        return of(name, DeclaredTarget.parse(target), access, subprotocols);
    }

    static ConnectionDeclaration of(String name, DeclaredTarget target, Set<Access> access, List<String> subprotocols) {
        return new ConnectionDeclaration(name, target.pattern(), target.dial(), access, subprotocols);
    }

    /** What a manifest's {@code target} says: a URI to dial, or a pattern. */
    record DeclaredTarget(TargetPattern pattern, Optional<Target> dial) {

        static DeclaredTarget parse(String text) {
            int star = text.indexOf('*');
            int question = text.indexOf('?');
            if (star >= 0 && (question < 0 || star < question)) {
                return new DeclaredTarget(TargetPattern.parse(text), Optional.empty());
            }
            Target target = Target.parse(text);
            return new DeclaredTarget(TargetPattern.exactly(target), Optional.of(target));
        }
    }
}
