/** The application with a peer of its own: {@link io.headgate.samples.webflux.demo.WebfluxDemo} runs it. */
@NullMarked
package io.headgate.samples.webflux.demo;

import org.jspecify.annotations.NullMarked;
