/** From frames to events: {@link io.headgate.host.pipeline.FramePipeline}. */
@NullMarked
package io.headgate.host.pipeline;

import org.jspecify.annotations.NullMarked;
