package io.headgate.host.service;

/**
 * The frames that arrived on a connection. Read one by one: one count may be ahead of another.
 *
 * @param frames all of them, messages put together; the Close that ended a session among them, whoever sent it
 * @param bytes the payloads of all but Close
 * @param binary binary messages, which are not supported
 * @param pings pings, which the host answered
 * @param pongs pongs
 */
public record FrameCounts(long frames, long bytes, long binary, long pings, long pongs) {}
