package io.headgate.host.ws.broker;

/**
 * What a queue holds at this moment, as its own process tells when asked.
 *
 * @param ready messages that wait for a consumer
 * @param unacknowledged messages that a consumer has and has not acknowledged
 * @param consumers subscriptions to the queue
 */
public record QueueDepth(long ready, long unacknowledged, long consumers) {}
