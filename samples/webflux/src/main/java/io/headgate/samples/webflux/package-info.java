/**
 * A Spring Boot WebFlux application with a plugin host in it: {@link io.headgate.samples.webflux.WebfluxSample} runs it. Read
 * {@code Relay} first: it is the plugin, and joins the two halves.
 */
@NullMarked
package io.headgate.samples.webflux;

import org.jspecify.annotations.NullMarked;
