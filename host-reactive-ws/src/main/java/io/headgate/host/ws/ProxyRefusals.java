package io.headgate.host.ws;

import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import java.util.Optional;

/** Says in the host's words why a proxy opens no tunnel. Of what the proxy sends, numbers are told, and no text. */
final class ProxyRefusals {

    private static final int OPENED = 200;
    private static final String LOGIN = "it wants a login, or another one than the host's";

    private ProxyRefusals() {}

    /** What is wrong with a message of the proxy's; empty for one that leads on. */
    static Optional<String> of(Object message) {
        boolean known =
                message instanceof HttpResponse || message instanceof HttpContent || message instanceof Socks5Message;
        if (!known
                || (message instanceof DecoderResultProvider decoded
                        && decoded.decoderResult().isFailure())) {
            return Optional.of("the proxy's answer was neither what HTTP nor what SOCKS 5 asks for");
        }
        if (message instanceof HttpResponse response) {
            return connect(response.status().code());
        }
        return message instanceof Socks5Message answer ? socks(answer) : Optional.empty();
    }

    /** Netty takes no other status of 2xx for a tunnel. */
    private static Optional<String> connect(int status) {
        if (status == OPENED) {
            return Optional.empty();
        }
        String why = switch (status) {
            case 401, 407 -> ": " + LOGIN;
            case 403 -> ": it does not let this target be reached";
            case 502, 503, 504 -> ": it did not reach the target";
            default -> "";
        };
        return Optional.of("the proxy answered " + status + " instead of 200" + why);
    }

    private static Optional<String> socks(Socks5Message answer) {
        if (answer instanceof Socks5InitialResponse initial) {
            return initial.authMethod().equals(Socks5AuthMethod.UNACCEPTED)
                    ? Optional.of("the proxy took none of the ways to log in that were offered: " + LOGIN)
                    : Optional.empty();
        }
        if (answer instanceof Socks5PasswordAuthResponse login) {
            return login.status().equals(Socks5PasswordAuthStatus.SUCCESS)
                    ? Optional.empty()
                    : Optional.of("the proxy refused the login");
        }
        return answer instanceof Socks5CommandResponse reply && !reply.status().isSuccess()
                ? Optional.of(replied(reply.status().byteValue() & 0xff))
                : Optional.empty();
    }

    /** RFC 1928, 6. */
    private static String replied(int code) {
        String why = switch (code) {
            case 1 -> ": it failed";
            case 2 -> ": it does not let this target be reached";
            case 3 -> ": the network is unreachable";
            case 4 -> ": it did not find or reach the target";
            case 5 -> ": the target refused the connection";
            case 6 -> ": it did not reach the target in time";
            case 7 -> ": it knows no CONNECT";
            case 8 -> ": it takes no names, or no addresses of this kind";
            default -> "";
        };
        return "the proxy replied " + code + " instead of 0" + why;
    }
}
