/**
 * The gateway's test kit: {@link io.headgate.host.ws.test.ScriptedGateway}, a real WebSocket server on the loopback interface
 * whose faults are values, and {@link io.headgate.host.ws.test.FaultProxy}, which does to the TCP of any server what it is told.
 */
@NullMarked
package io.headgate.host.ws.test;

import org.jspecify.annotations.NullMarked;
