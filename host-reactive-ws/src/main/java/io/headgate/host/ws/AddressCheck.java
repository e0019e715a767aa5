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
     * @param address resolved; an IPv4 address mapped into IPv6 ({@code ::ffff:0:0/96}) comes as the IPv4 address it is. Every
     *     other one that leads to IPv4 comes as IPv6, and is the check's to see through: NAT64 ({@code 64:ff9b::/96}, RFC
     *     6052), 6to4 ({@code 2002::/16}, RFC 3056) and IPv4-compatible ({@code ::/96}, RFC 4291). It has no scope id
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
