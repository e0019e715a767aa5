package io.headgate.host.service;

import io.headgate.plugin.EventId;

/**
 * The event that a plugin has in hand: it was given it, and has not asked for another since.
 *
 * @param event which
 * @param sinceMillis when it was handed over, in milliseconds since 1970-01-01T00:00Z
 * @param ageMillis how long ago that was when the status was taken, in milliseconds
 */
public record HeldEvent(EventId event, long sinceMillis, long ageMillis) {}
