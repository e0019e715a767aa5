package io.headgate.host.health;

import java.util.List;

/**
 * Whether the host does its work.
 *
 * @param atMillis when the status that it was made of was taken, in milliseconds since 1970-01-01T00:00Z
 * @param findings what is wrong, the worst first, within that in the order of the status; empty where all is well
 */
public record HealthReport(long atMillis, List<HealthFinding> findings) {

    /** Copies the list. */
    public HealthReport {
        findings = List.copyOf(findings);
    }

    /**
     * The whole host's.
     *
     * @return the worst of what was found
     */
    public Readiness readiness() {
        return findings.stream().map(finding -> finding.cause().readiness()).reduce(Readiness.READY, Readiness::worse);
    }
}
