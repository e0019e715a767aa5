package io.headgate.host.service;

import io.headgate.host.diagnostics.ServiceState;
import java.util.Optional;

/**
 * Where a service is in its life.
 *
 * @param state its state
 * @param sinceMillis since when, in milliseconds since 1970-01-01T00:00Z; 0 before it was started
 * @param incarnation which life of it this is, from 1; 0 before the first, between two, and after the last
 * @param restarts how often it was started again
 * @param nextStartAtMillis when the next incarnation is due, in milliseconds since 1970-01-01T00:00Z; 0 for none
 * @param lastFailure why an incarnation last failed, and with which event in hand; empty for never
 * @param inHand the event the plugin has in hand; empty for none
 */
public record LifeStatus(
        ServiceState state,
        long sinceMillis,
        long incarnation,
        long restarts,
        long nextStartAtMillis,
        String lastFailure,
        Optional<HeldEvent> inHand) {}
