/** What a host recorded of a service: begin at {@link io.headgate.plugin.recording.Recording}. */
@NullMarked
package io.headgate.plugin.recording;

import org.jspecify.annotations.NullMarked;
