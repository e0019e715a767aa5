package io.headgate.host.ws;

import java.net.InetAddress;

/**
 * Says which addresses may be dialled. Asked at each dial, about every address that the target's name stands for at that
 * moment, and about a literal address too: a name that was granted can lead anywhere. One refused address refuses the
 * dial, whatever the others are.
 */
@FunctionalInterface
public interface AddressCheck {

    /**
     * Whether an address may be dialled.
     *
     * @param address resolved; an IPv4 address mapped into IPv6 comes as the IPv4 address it is
     * @return {@code false} to refuse the dial; an exception refuses it too. Called on an event loop: must not block
     */
    boolean allows(InetAddress address);

    /**
     * Lets every address pass.
     *
     * @return the same object at each call
     */
    static AddressCheck any() {
        return AnyAddress.ANY;
    }
}
