/** WebSocket clients that are measured: Headgate's two ways, the floor, and the peers. */
@NullMarked
package io.headgate.samples.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
