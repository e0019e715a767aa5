package io.headgate.host.authority;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range that a grant names: an address and the length of its prefix.
 *
 * @param block a whole block
 */
record Cidr(IPAddress block) implements AddressRange {

    private static final Pattern FORM = Pattern.compile("([0-9.]+|[0-9a-fA-F:]+)/([0-9]+)");
    private static final Pattern PREFIX = Pattern.compile("[1-9]\\d{0,2}");

    /** Dots in IPv6 are left to {@link #FORM}: of those the library takes leading zeros for octal. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allowLeadingZeros(false)
            .allow_inet_aton(false)
            .allowBinary(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .allowBinary(false)
            .getParentBuilder()
            .toParams();

    static Cidr parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw withoutForm(text);
        }
        IPAddress address = address(form.group(1));
        int prefix = prefix(form.group(2), address);
        Cidr cidr = new Cidr(address.toPrefixBlock(prefix));
        cidr.checkHostBits(address);
        cidr.checkReach();
        return cidr;
    }

    @Override
    public boolean holds(IPAddress address) {
        // What may lead elsewhere has to be meant: a wider range does not name it.
        return block.contains(address)
                && SpecialAddresses.TUNNELS
                        .containing(address)
                        .map(tunnel -> tunnel.contains(block))
                        .orElse(true);
    }

    @Override
    public String spelling() {
        return block.toCanonicalString();
    }

    private void checkHostBits(IPAddress address) {
        if (!block.getLower().withoutPrefixLength().equals(address)) {
            throw new IllegalArgumentException("it has bits set below its prefix: write " + spelling() + ", or "
                    + address.toCanonicalString() + "/" + address.getBitCount() + " for the one address");
        }
    }

    private void checkReach() {
        SpecialAddresses.EMBEDDING.containing(block).ifPresent(embedding -> {
            throw new IllegalArgumentException("an address in " + embedding.toCanonicalString()
                    + " is judged by the IPv4 address within: write the range of that");
        });
        if (SpecialAddresses.NEVER.overlaps(block)) {
            throw new IllegalArgumentException(
                    "it holds addresses that are never dialled (unspecified, multicast or broadcast): write ranges"
                            + " without them");
        }
    }

    private static IPAddress address(String text) {
        try {
            return new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException malformed) {
            throw new IllegalArgumentException(
                    text.contains(":")
                            ? "an IPv6 address must be hexadecimal groups and colons, without a zone or dots"
                            : "an IPv4 address must be four decimal numbers from 0 to 255, without leading zeros",
                    malformed);
        }
    }

    private static int prefix(String text, IPAddress address) {
        int most = address.getBitCount();
        if (text.equals("0")) {
            throw new IllegalArgumentException(
                    "it holds every address: write public, private, loopback, or the ranges that are meant");
        }
        if (!PREFIX.matcher(text).matches() || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("the prefix length of IPv" + (address.isIPv4() ? 4 : 6)
                    + " must be a number from 1 to " + most + ", without leading zeros");
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException withoutForm(String text) {
        if (!FORM.matcher(text + "/1").matches()) {
            return new IllegalArgumentException("a range must be an address, a slash and the length of its prefix");
        }
        IPAddress lone = address(text);
        return new IllegalArgumentException("it has no prefix length: write " + lone.toCanonicalString() + "/"
                + lone.getBitCount() + " for the one address");
    }
}
