/** A host's counts and states for a Micrometer registry. */
@NullMarked
package io.headgate.host.metrics;

import org.jspecify.annotations.NullMarked;
