/** The seam to the wire: {@link io.headgate.host.transport.ConnectionDriver} dials, a {@link io.headgate.host.transport.Session} carries frames. */
@NullMarked
package io.headgate.host.transport;

import org.jspecify.annotations.NullMarked;
