/** A real broker as a peer, and the STOMP that is spoken with it. */
@NullMarked
package io.headgate.host.ws.broker;

import org.jspecify.annotations.NullMarked;
