/** From commands to frames: {@link io.headgate.host.command.GrantFilter} refuses early, {@link io.headgate.host.command.OutboundWriter} decides at the write. */
@NullMarked
package io.headgate.host.command;

import org.jspecify.annotations.NullMarked;
