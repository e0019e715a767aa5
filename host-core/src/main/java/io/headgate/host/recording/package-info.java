/**
 * Records what passes between the host and a plugin's service, for a replay: begin at
 * {@link io.headgate.host.recording.RecordingSettings}, and at {@link io.headgate.host.recording.Recordings} to read one.
 */
@NullMarked
package io.headgate.host.recording;

import org.jspecify.annotations.NullMarked;
