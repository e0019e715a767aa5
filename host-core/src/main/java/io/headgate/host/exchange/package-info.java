/** The bounded pull primitive: {@link io.headgate.host.exchange.Exchanges} opens, bounds, counts and ends those of one service. */
@NullMarked
package io.headgate.host.exchange;

import org.jspecify.annotations.NullMarked;
