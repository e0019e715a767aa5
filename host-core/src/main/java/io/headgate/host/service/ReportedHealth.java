package io.headgate.host.service;

import io.headgate.plugin.Health;

/**
 * What a plugin said of itself.
 *
 * @param health how it is
 * @param detail why, in the plugin's words, cut and escaped
 * @param atMillis when it said so, in milliseconds since 1970-01-01T00:00Z
 * @param incarnation which life of the service did, from 1
 */
public record ReportedHealth(Health health, String detail, long atMillis, long incarnation) {

    /** As a line: {@code DEGRADED: no room}. */
    @Override
    public String toString() {
        return health + ": " + detail;
    }
}
