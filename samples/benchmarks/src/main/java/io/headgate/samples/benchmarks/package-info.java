/** Headgate and its peers under the same load, side by side. */
@NullMarked
package io.headgate.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
