/** Where the processor's time and the memory of a flight recording went: {@link io.headgate.samples.benchmarks.profile.StageProfile}. */
@NullMarked
package io.headgate.samples.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
