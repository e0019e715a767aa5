package io.headgate.host.service;

import io.headgate.host.ingress.Held;
import io.headgate.host.transport.Unread;

/**
 * How {@code overflow: hold} holds a connection. Read one by one: one may be ahead of another.
 *
 * @param held since when, and how often
 * @param unread what its session has read and the queue has no room for: one read of the socket at most
 */
public record HoldStatus(Held held, Unread unread) {}
