package io.headgate.host.authority;

import inet.ipaddr.IPAddress;

/** One element of an {@link AddressPolicy}. */
sealed interface AddressRange permits AddressWord, Cidr {

    /**
     * Whether it lets an address pass.
     *
     * @param address as {@link EmbeddedAddresses#plain} has it
     */
    boolean holds(IPAddress address);

    /** Reads a word or a CIDR; an {@link IllegalArgumentException} says why it is none. */
    static AddressRange parse(String text) {
        return WireNames.find(AddressWord.class, text)
                .<AddressRange>map(word -> word)
                .orElseGet(() -> Cidr.parse(text));
    }

    /** How a grant file spells it, in its one spelling. */
    String spelling();
}
