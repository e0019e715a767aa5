/** Autobahn|Testsuite as a peer: a fuzzing server in a process of its own, and a host that echoes. */
@NullMarked
package io.headgate.host.ws.conformance;

import org.jspecify.annotations.NullMarked;
