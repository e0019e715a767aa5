package io.headgate.host.ingress;

/**
 * A session that waits for room before it asks its peer for more.
 *
 * @param reader the session
 * @param epoch its epoch
 * @param admitted called once, outside the lane's lock, when it may go on
 */
record Holder(Reader reader, long epoch, Runnable admitted) {}
