/**
 * A plugin, its host and a gateway to talk to, in one process: {@link io.headgate.samples.quickstart.Quickstart} runs them.
 * Read {@code ChatBridge} first: it is the plugin.
 */
@NullMarked
package io.headgate.samples.quickstart;

import org.jspecify.annotations.NullMarked;
