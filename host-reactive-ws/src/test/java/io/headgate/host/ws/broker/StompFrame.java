package io.headgate.host.ws.broker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One frame of STOMP 1.2, with its header values unescaped.
 *
 * @param command the frame's command, such as {@code SEND}
 * @param headers the headers in their order; of a repeated header the first value counts
 * @param body the body as text, empty for none
 */
public record StompFrame(String command, Map<String, String> headers, String body) {

    /** Copies the headers. */
    public StompFrame {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A frame with neither headers nor body. */
    public static StompFrame of(String command) {
        return new StompFrame(command, Map.of(), "");
    }

    /** This frame with one more header, or another value of one. */
    public StompFrame with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new StompFrame(command, more, body);
    }

    /** This frame with another body. */
    public StompFrame withBody(String text) {
        return new StompFrame(command, headers, text);
    }

    /**
     * The value of a header that must be there.
     *
     * @throws IllegalArgumentException if the frame has no such header
     */
    public String header(String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no header " + name + " in " + this);
        }
        return value;
    }
}
