/**
 * One gateway in shards, and within each the work in order for each key: {@link io.headgate.samples.scaling.Shard} is where to begin.
 */
@NullMarked
package io.headgate.samples.scaling;

import org.jspecify.annotations.NullMarked;
