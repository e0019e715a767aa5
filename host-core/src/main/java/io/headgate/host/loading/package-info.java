/** Plugins from jars: {@link io.headgate.host.loading.PluginJar} reads one, {@link io.headgate.host.loading.LoadedPlugin} runs it. */
@NullMarked
package io.headgate.host.loading;

import org.jspecify.annotations.NullMarked;
