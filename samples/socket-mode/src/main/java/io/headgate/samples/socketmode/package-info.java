/**
 * An app behind a socket whose address is asked for by a call, and changes: {@link io.headgate.samples.socketmode.SocketApp} is where to
 * begin.
 */
@NullMarked
package io.headgate.samples.socketmode;

import org.jspecify.annotations.NullMarked;
