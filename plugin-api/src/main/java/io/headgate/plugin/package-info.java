/**
 * What a plugin author compiles against.
 *
 * <p>Start at {@link io.headgate.plugin.EventHandler}: one event in, commands out. {@link io.headgate.plugin.ServicePlugin}
 * is the expert form, a function from the stream of events to the stream of commands. The host owns every socket; a
 * plugin sees {@linkplain io.headgate.plugin.IngressEvent events} and answers with
 * {@linkplain io.headgate.plugin.OutputCommand commands}.
 */
@NullMarked
package io.headgate.plugin;

import org.jspecify.annotations.NullMarked;
