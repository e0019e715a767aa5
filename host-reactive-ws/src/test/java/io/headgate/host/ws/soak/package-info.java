/** A long run under random faults: {@link io.headgate.host.ws.soak.SoakTest}. */
@NullMarked
package io.headgate.host.ws.soak;

import org.jspecify.annotations.NullMarked;
