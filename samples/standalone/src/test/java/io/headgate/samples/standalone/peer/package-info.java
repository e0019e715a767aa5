/** What the standalone host talks to in its tests. */
@NullMarked
package io.headgate.samples.standalone.peer;

import org.jspecify.annotations.NullMarked;
