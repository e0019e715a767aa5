/** The bounded queue of a service: {@link io.headgate.host.ingress.IngressLane}. */
@NullMarked
package io.headgate.host.ingress;

import org.jspecify.annotations.NullMarked;
