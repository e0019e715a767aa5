/** The host: {@link io.headgate.host.service.PluginHost} is the entry, {@link HeadgateException} the root of its errors. */
@NullMarked
package io.headgate.host;

import org.jspecify.annotations.NullMarked;
