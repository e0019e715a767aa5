package io.headgate.samples.webflux;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What is posted to be sent.
 *
 * @param connection the connection's name, as the manifest declares it
 * @param text the text
 */
record Message(
        @NotBlank @Size(max = 64) String connection,
        @NotNull String text) {

    @Override
    public String toString() {
        return "Message[" + connection + ", " + text.length() + " characters]";
    }
}
