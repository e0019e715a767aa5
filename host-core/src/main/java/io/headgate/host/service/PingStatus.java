package io.headgate.host.service;

/**
 * The host's pings on one connection.
 *
 * @param sent how many were sent
 * @param answered how many of them the peer has answered, each before the next one went out
 * @param roundTripMicros how long the last answer took, in microseconds; 0 before any has come
 */
public record PingStatus(long sent, long answered, long roundTripMicros) {}
