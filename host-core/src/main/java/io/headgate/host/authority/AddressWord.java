package io.headgate.host.authority;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.Arrays;

/** What has a name in a grant. */
enum AddressWord implements AddressRange {
    /** Whatever the Internet can reach: nothing of the special-purpose registries. */
    PUBLIC {
        @Override
        public boolean holds(IPAddress address) {
            return (address.isIPv4() || SpecialAddresses.UNICAST_V6.contains(address))
                    && !SpecialAddresses.NOT_PUBLIC.contains(address);
        }
    },
    /** A site's own: neither link-local addresses nor a cloud's metadata. */
    PRIVATE {
        @Override
        public boolean holds(IPAddress address) {
            return SpecialAddresses.PRIVATE.contains(address) && !SpecialAddresses.METADATA.contains(address);
        }
    },
    /** This machine. */
    LOOPBACK {
        @Override
        public boolean holds(IPAddress address) {
            return SpecialAddresses.LOOPBACK.contains(address);
        }
    },
    /** No address: the host's proxy resolves the name, so there is none to ask about. */
    TRUSTED_PROXY {
        @Override
        public boolean holds(IPAddress address) {
            return false;
        }
    };

    /** Asks each, so that all they need is there. */
    static void prepare() {
        InetAddress any = InetAddress.getLoopbackAddress();
        Arrays.stream(values()).forEach(word -> word.holds(EmbeddedAddresses.plain(any)));
    }

    @Override
    public String spelling() {
        return WireNames.of(this);
    }
}
