package io.headgate.host.service;

import io.headgate.host.ingress.OverflowPolicy;

/**
 * How much may wait for a service, over all its connections.
 *
 * @param events how many texts
 * @param bytes how large together, in bytes of UTF-8
 * @param overflow what becomes of a text that does not fit
 */
public record QueueBound(int events, long bytes, OverflowPolicy overflow) {}
