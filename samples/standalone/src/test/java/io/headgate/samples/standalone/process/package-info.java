/** The host as a process of its own. */
@NullMarked
package io.headgate.samples.standalone.process;

import org.jspecify.annotations.NullMarked;
