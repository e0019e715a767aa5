package io.headgate.host.authority;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a target stood for at a dial that its grant did not allow.
 *
 * @param refused how many of its addresses, from 1
 * @param total how many addresses it had
 * @param some those refused, the first {@value #MAX_SHOWN} of them: for the operator
 */
public record RefusedAddresses(int refused, int total, List<InetAddress> some) {

    /** The most addresses that are named. */
    public static final int MAX_SHOWN = 4;

    /** Copies and checks the components. */
    public RefusedAddresses {
        Require.inRange("refused", refused, 1, total, "addresses");
        some = some.stream().limit(MAX_SHOWN).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Asks about all the addresses of a target at once. One that is refused refuses them all, so that no choice among mixed
     * answers is left to whoever answers for the name.
     *
     * @param policy what is granted
     * @param all every address that the target stands for, at this dial
     * @return those refused; empty when the target may be dialled
     */
    public static Optional<RefusedAddresses> of(AddressPolicy policy, List<InetAddress> all) {
        List<InetAddress> refused =
                all.stream().filter(address -> !policy.allows(address)).toList();
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of(new RefusedAddresses(refused.size(), all.size(), refused));
    }

    /**
     * What a plugin may know of it.
     *
     * @return numbers, and no address
     */
    public String summary() {
        return refused + " of the target's " + total + " addresses may not be dialled: none was";
    }

    /** The addresses, for the operator. */
    String shown() {
        String shown = some.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        return shown + (refused > some.size() ? " and " + (refused - some.size()) + " more" : "");
    }
}
