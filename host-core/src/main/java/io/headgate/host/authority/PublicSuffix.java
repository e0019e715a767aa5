package io.headgate.host.authority;

import com.google.common.net.InternetDomainName;

/**
 * Domains under which anybody can have a name, such as {@code co.uk} or {@code github.io}, by the list of
 * publicsuffix.org that Guava brings. The list is as old as Guava's release.
 */
final class PublicSuffix {

    /** A label that no rule of the list names, so that only a rule with a star covers it. */
    private static final String ANYBODY = "headgate-anybody.";

    private PublicSuffix() {}

    /**
     * Whether anybody can have a name under a domain, or under the names under it.
     *
     * @param domain a host name in its one spelling, in ASCII
     */
    static boolean covers(String domain) {
        return isSuffix(domain) || isSuffix(ANYBODY + domain);
    }

    private static boolean isSuffix(String domain) {
        return InternetDomainName.isValid(domain)
                && InternetDomainName.from(domain).isPublicSuffix();
    }
}
