/**
 * The transport's test kit: {@link io.headgate.host.transport.test.InMemoryDriver}, a scripted twin for virtual time, and
 * {@link io.headgate.host.transport.test.ConnectionDriverContract}, which every driver passes.
 */
@NullMarked
package io.headgate.host.transport.test;

import org.jspecify.annotations.NullMarked;
