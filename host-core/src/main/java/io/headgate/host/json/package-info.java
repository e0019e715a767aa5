/** Events, commands and outcomes as JSON: {@link io.headgate.host.json.MessageJson} writes and reads it. */
@NullMarked
package io.headgate.host.json;

import org.jspecify.annotations.NullMarked;
