/** Each stage of Headgate by itself: {@link io.headgate.samples.benchmarks.micro.MicroBenchmarks}. */
@NullMarked
package io.headgate.samples.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
