package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;

/**
 * What became of one access that a connection asks for.
 *
 * @param access the access
 * @param result how much of it is given
 * @param given under which targets it is given, and what is offered there
 * @param sample what {@code refused} is about: the declared URI, or one under the declared pattern and no entry that is
 *     narrower; empty where no such URI is short enough
 * @param refused what the authority says to the sample; empty where it allows it
 */
record AccessReport(
        Access access, Result result, List<Given> given, Optional<Target> sample, Optional<Verdict.Refused> refused) {

    /** How much of what is asked is given. */
    enum Result {
        /** All of it. */
        GRANTED,
        /** Some of the URIs under the declared pattern. */
        PARTLY,
        /** Nothing. */
        REFUSED
    }

    /**
     * Where an access is given.
     *
     * @param target the targets
     * @param subprotocols what the dial offers there
     * @param addresses which addresses the dial may use there; empty for an access that dials nothing
     * @param tls what differs for the dial's TLS there, a phrase each
     * @param query which queries the plugin may open a URI with there
     */
    record Given(
            TargetPattern target,
            List<String> subprotocols,
            List<String> addresses,
            List<String> tls,
            QueryPolicy query) {}

    boolean isGranted() {
        return result == Result.GRANTED;
    }

    /**
     * Whether an entry can mend it. That a pattern names no URI for an exchange, only the manifest can; and some addresses
     * are never let through.
     */
    boolean canBeGiven() {
        return !isGranted() && refused.filter(this::canBeMended).isPresent();
    }

    private boolean canBeMended(Verdict.Refused verdict) {
        return switch (verdict.rule()) {
            case TARGET_NOT_DECLARED -> false;
            case ADDRESS_NOT_GRANTED ->
                sample.flatMap(target -> HostAddress.of(target.host()))
                        .flatMap(AddressPolicy::rangeFor)
                        .isPresent();
            default -> true;
        };
    }
}
