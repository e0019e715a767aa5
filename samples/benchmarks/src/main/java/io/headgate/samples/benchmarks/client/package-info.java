/** The process that holds one contender, and what it measures of itself. */
@NullMarked
package io.headgate.samples.benchmarks.client;

import org.jspecify.annotations.NullMarked;
