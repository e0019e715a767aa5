/** The load server, in a process of its own: it floods, paces, echoes and counts. */
@NullMarked
package io.headgate.samples.benchmarks.server;

import org.jspecify.annotations.NullMarked;
