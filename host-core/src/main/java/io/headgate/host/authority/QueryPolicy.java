package io.headgate.host.authority;

/** Which query a URI may have that a plugin opens. No pattern looks at it. */
public enum QueryPolicy {
    /** None, or to the character the one of the URI that the manifest declares. The default. */
    DECLARED,
    /** Any, or none: for URIs that a service hands out with a ticket or a signature in the query. */
    ANY
}
