package io.headgate.host.authority;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ranges of addresses that belong together. Immutable. */
record AddressRanges(List<IPAddress> blocks) {

    static AddressRanges of(String... cidrs) {
        return new AddressRanges(Arrays.stream(cidrs)
                .map(cidr -> new IPAddressString(cidr).getAddress().toPrefixBlock())
                .toList());
    }

    boolean contains(IPAddress address) {
        return containing(address).isPresent();
    }

    /** The range that holds all of an address, or of another range. */
    Optional<IPAddress> containing(IPAddress address) {
        return blocks.stream().filter(block -> block.contains(address)).findFirst();
    }

    boolean overlaps(IPAddress range) {
        return blocks.stream().anyMatch(block -> block.contains(range) || range.contains(block));
    }
}
