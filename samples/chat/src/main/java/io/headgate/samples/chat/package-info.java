/**
 * A bot at a chat gateway that asks much of its clients: log in, beat with acknowledgements, resume. {@link
 * io.headgate.samples.chat.ChatBot} is where to begin.
 */
@NullMarked
package io.headgate.samples.chat;

import org.jspecify.annotations.NullMarked;
