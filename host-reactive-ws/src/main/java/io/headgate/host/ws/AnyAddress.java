package io.headgate.host.ws;

import java.net.InetAddress;

/** The check that refuses nothing. */
enum AnyAddress implements AddressCheck {
    ANY;

    @Override
    public boolean allows(InetAddress address) {
        return true;
    }
}
