package io.headgate.host.ingress;

/**
 * A session that waits for room before it asks its peer for more.
 *
 * @param connection whose
 * @param epoch which session
 * @param admitted called once, outside the lane's lock, when it may go on
 */
record Holder(LaneConnection connection, long epoch, Runnable admitted) {}
