package io.headgate.host.health;

/**
 * One thing that is wrong.
 *
 * @param cause what kind of thing
 * @param service the service, {@code plugin/service}
 * @param connection the connection's name; empty where it is about the service
 * @param sinceMillis since when, in milliseconds since 1970-01-01T00:00Z; 0 where that is not known
 * @param detail what is known of it, in the host's words or, escaped, in the plugin's; empty for nothing
 */
public record HealthFinding(HealthCause cause, String service, String connection, long sinceMillis, String detail) {}
