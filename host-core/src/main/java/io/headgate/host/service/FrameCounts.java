package io.headgate.host.service;

/**
 * The frames that arrived on a connection.
 *
 * @param frames all of them, messages put together
 * @param bytes their payloads together
 * @param binary binary messages, which are not supported
 * @param pings pings, which the host answered
 * @param pongs pongs
 */
public record FrameCounts(long frames, long bytes, long binary, long pings, long pongs) {}
