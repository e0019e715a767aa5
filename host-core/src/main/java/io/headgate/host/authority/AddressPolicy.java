package io.headgate.host.authority;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which addresses may be dialled: a name that was granted can lead anywhere. Immutable; equal to another with the same
 * ranges, in whatever order they were written. Questions may be asked on any thread and do not block.
 *
 * <p>Made of the words {@code public}, {@code private}, {@code loopback}, and of CIDRs such as {@code 10.1.0.0/16}. What no
 * range holds is refused. An IPv6 address that carries an IPv4 address, mapped ({@code ::ffff:0:0/96}) or through NAT64
 * ({@code 64:ff9b::/96}, RFC 6052), is judged by that one. 6to4, Teredo, a site's own NAT64 and IPv4-compatible addresses pass
 * only through a CIDR that lies within their range.
 *
 * <p>Or it is {@link #TRUSTED_PROXY}, which stands alone: it lets no address pass, since none is asked about. The target is dialled
 * through the host's proxy and in no other way.
 */
public final class AddressPolicy {

    /** The most ranges that one policy can be made of. */
    public static final int MAX_RANGES = 64;

    /** Globally reachable unicast; the default of a grant's entry. */
    public static final AddressPolicy PUBLIC = new AddressPolicy(List.of(AddressWord.PUBLIC));

    /** RFC 1918 and {@code fc00::/7}, without a cloud's metadata. */
    public static final AddressPolicy PRIVATE = new AddressPolicy(List.of(AddressWord.PRIVATE));

    /** {@code 127.0.0.0/8} and {@code ::1}. */
    public static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(AddressWord.LOOPBACK));

    /**
     * The host's proxy resolves the target's name and chooses the address: the host sees none, and checks none. Never dialled
     * without that proxy.
     */
    public static final AddressPolicy TRUSTED_PROXY = new AddressPolicy(List.of(AddressWord.TRUSTED_PROXY));

    /** No address at all. */
    public static final AddressPolicy NONE = new AddressPolicy(List.of());

    /** What a list that has more is told. */
    static final String PROXY_ALONE =
            "trusted-proxy alone, since behind a proxy only the name is seen, and nothing else in the list would be asked";

    static {
        // Now, and not at the first question: that is asked on an event loop, which reading the ranges could block.
        AddressWord.prepare();
    }

    /** Each once, in the order of their spellings. */
    private final List<AddressRange> ranges;

    private AddressPolicy(List<AddressRange> ranges) {
        TreeMap<String, AddressRange> sorted = new TreeMap<>();
        ranges.forEach(range -> sorted.put(range.spelling(), range));
        this.ranges = List.copyOf(sorted.values());
    }

    /**
     * Makes a policy, as a grant file does.
     *
     * @param first a word or a CIDR
     * @param more further ones
     * @return the policy
     * @throws IllegalArgumentException when one is neither, or there are too many; says why, and how to write it
     */
    public static AddressPolicy of(String first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(more));
        return of(all);
    }

    /**
     * Makes a policy.
     *
     * @param ranges words and CIDRs, 1 to {@value #MAX_RANGES}; {@code trusted-proxy} alone
     * @return the policy
     * @throws IllegalArgumentException as {@link #of(String, String...)}
     */
    public static AddressPolicy of(List<String> ranges) {
        Require.inRange("addresses", ranges.size(), 1, MAX_RANGES, "ranges");
        AddressPolicy policy =
                new AddressPolicy(ranges.stream().map(AddressPolicy::range).toList());
        if (policy.isTrustedProxy() && ranges.size() > 1) {
            throw new IllegalArgumentException(
                    "addresses must have " + PROXY_ALONE + ", has " + ranges.size() + " elements");
        }
        return policy;
    }

    /**
     * Whether an address may be dialled.
     *
     * @param address the address; its scope is passed over
     * @return whether one of the ranges holds it
     */
    public boolean allows(InetAddress address) {
        IPAddress plain = EmbeddedAddresses.plain(address);
        return ranges.stream().anyMatch(range -> range.holds(plain));
    }

    /**
     * Whether the target is dialled through the host's proxy, which chooses the address, and in no other way.
     *
     * @return whether it is {@link #TRUSTED_PROXY}
     */
    public boolean isTrustedProxy() {
        return ranges.contains(AddressWord.TRUSTED_PROXY);
    }

    /**
     * Adds up two policies.
     *
     * @param other another policy
     * @return allows what one of the two allows; may have more than {@value #MAX_RANGES} ranges; {@link #TRUSTED_PROXY} where one
     *     of the two is
     */
    public AddressPolicy or(AddressPolicy other) {
        if (isTrustedProxy() || other.isTrustedProxy()) {
            return TRUSTED_PROXY;
        }
        Set<AddressRange> both = new LinkedHashSet<>(ranges);
        both.addAll(other.ranges);
        return new AddressPolicy(List.copyOf(both));
    }

    /**
     * What it is made of.
     *
     * @return words and CIDRs, each in its one spelling and once, in alphabetical order
     */
    public List<String> ranges() {
        return ranges.stream().map(AddressRange::spelling).toList();
    }

    /** What to write to let an address pass: a word where one does, or its CIDR; empty where nothing can. */
    static Optional<String> rangeFor(InetAddress address) {
        IPAddress plain = EmbeddedAddresses.plain(address);
        if (SpecialAddresses.NEVER.contains(plain)) {
            return Optional.empty();
        }
        return Arrays.stream(AddressWord.values())
                .filter(word -> word.holds(plain))
                .map(AddressWord::spelling)
                .findFirst()
                .or(() -> Optional.of(plain.toCanonicalString() + "/" + plain.getBitCount()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPolicy policy && ranges.equals(policy.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** As a grant file spells it. */
    @Override
    public String toString() {
        List<String> spelled = ranges();
        return spelled.size() == 1 ? spelled.get(0) : spelled.toString();
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "addresses must be public, private, loopback, trusted-proxy or CIDRs such as 10.1.0.0/16, is "
                            + Shown.quoted(text) + ": " + e.getMessage(),
                    e);
        }
    }
}
