package io.headgate.samples.standalone;

import io.headgate.samples.standalone.http.HttpOptions;
import java.util.Optional;

/** HTTP options of which not all is known yet. */
record HttpDraft(String address, int port, Optional<String> token) {

    HttpDraft(HttpOptions options) {
        this(options.address(), options.port(), options.token());
    }

    HttpDraft withAddress(String known) {
        return new HttpDraft(known, port, token);
    }

    HttpDraft withPort(int known) {
        return new HttpDraft(address, known, token);
    }

    HttpDraft withToken(String known) {
        return new HttpDraft(address, port, Optional.of(known));
    }

    /** All of it, checked. */
    HttpOptions options() {
        return new HttpOptions(address, port, token);
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
