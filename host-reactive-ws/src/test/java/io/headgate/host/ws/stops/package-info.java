/** Many starts and stops: {@link io.headgate.host.ws.stops.StopsTest}. */
@NullMarked
package io.headgate.host.ws.stops;

import org.jspecify.annotations.NullMarked;
