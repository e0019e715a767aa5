/** Processes that are asked and answer, a line each. */
@NullMarked
package io.headgate.samples.benchmarks.child;

import org.jspecify.annotations.NullMarked;
