/** The runtime: {@link io.headgate.host.service.PluginHost}. */
@NullMarked
package io.headgate.host.service;

import org.jspecify.annotations.NullMarked;
