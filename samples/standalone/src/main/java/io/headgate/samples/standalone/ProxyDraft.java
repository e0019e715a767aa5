package io.headgate.samples.standalone;

import io.headgate.host.ws.ProxyLogin;
import io.headgate.host.ws.ProxyOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A proxy of which not all is known yet. */
record ProxyDraft(
        ProxyOptions.Kind kind,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    ProxyDraft() {
        this(ProxyOptions.Kind.HTTP_CONNECT, "", 0, null, null);
    }

    ProxyDraft withKind(ProxyOptions.Kind known) {
        return new ProxyDraft(known, host, port, user, password);
    }

    ProxyDraft withHost(String known) {
        return new ProxyDraft(kind, known, port, user, password);
    }

    ProxyDraft withPort(int known) {
        return new ProxyDraft(kind, host, known, user, password);
    }

    ProxyDraft withUser(String known) {
        return new ProxyDraft(kind, host, port, known, password);
    }

    ProxyDraft withPassword(String known) {
        return new ProxyDraft(kind, host, port, user, known);
    }

    /** All of it, checked. */
    ProxyOptions options() {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("user and password must both be there, or none of them");
        }
        Optional<ProxyLogin> login =
                user == null || password == null ? Optional.empty() : Optional.of(new ProxyLogin(user, password));
        return new ProxyOptions(kind, host, port, login);
    }

    @Override
    public String toString() {
        return kind + " " + host + ":" + port;
    }
}
