/** The same in plain Reactor and Reactor Netty: {@link io.headgate.samples.webflux.plain.PlainRelay} is all of it. */
@NullMarked
package io.headgate.samples.webflux.plain;

import org.jspecify.annotations.NullMarked;
