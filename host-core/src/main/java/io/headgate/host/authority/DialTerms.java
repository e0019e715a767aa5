package io.headgate.host.authority;

import java.util.List;
import java.util.Objects;

/**
 * On which terms a target may be dialled: what the authority gives besides the permission itself. Empty, and so of no use, where
 * there is none.
 *
 * @param subprotocols what to offer, in order of preference; empty for none
 * @param addresses which addresses the target may stand for, or that the host's proxy dials it
 */
public record DialTerms(List<String> subprotocols, AddressPolicy addresses) {

    /** Those of a target that may not be dialled: no address is let through. */
    public static final DialTerms NONE = new DialTerms(List.of(), AddressPolicy.NONE);

    /** Copies and checks the components. */
    public DialTerms {
        subprotocols = List.copyOf(subprotocols);
        Objects.requireNonNull(addresses, "addresses");
    }

    /**
     * Terms without subprotocols.
     *
     * @param addresses see {@link #addresses()}
     * @return the terms
     */
    public static DialTerms of(AddressPolicy addresses) {
        return new DialTerms(List.of(), addresses);
    }

    /**
     * The same terms with other subprotocols.
     *
     * @param newSubprotocols see {@link #subprotocols()}
     * @return the terms
     */
    public DialTerms withSubprotocols(List<String> newSubprotocols) {
        return new DialTerms(newSubprotocols, addresses);
    }

    /**
     * Whether what was dialled on these terms may go on when they have changed. Of an open socket the host does not know any more
     * where it leads: so the address policy has to be the same, and not only a wider one.
     *
     * @param now the terms of this moment
     * @param spoken the subprotocols that the session speaks, or may come to speak
     * @return refused, with the term that has changed
     */
    public Verdict stillHold(DialTerms now, List<String> spoken) {
        if (!now.addresses.equals(addresses)) {
            return Verdict.refused(
                    Rule.ADDRESS_NOT_GRANTED,
                    "which addresses the target may lead to was changed in the grant",
                    "open another exchange");
        }
        if (!now.subprotocols.containsAll(spoken)) {
            return Verdict.refused(
                    Rule.SUBPROTOCOL_NOT_GRANTED,
                    "a subprotocol that was offered or chosen is not granted any more",
                    "open another exchange");
        }
        return Verdict.ALLOWED;
    }
}
