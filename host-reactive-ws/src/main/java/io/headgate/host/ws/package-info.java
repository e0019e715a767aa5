/** The Reactor Netty transport: {@link io.headgate.host.ws.ReactorNettyDriver} is the entry. */
@NullMarked
package io.headgate.host.ws;

import org.jspecify.annotations.NullMarked;
