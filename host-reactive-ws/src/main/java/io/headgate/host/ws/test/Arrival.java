package io.headgate.host.ws.test;

import java.util.Map;

/** What a gateway saw of its peer. */
public sealed interface Arrival {

    /**
     * The head of an HTTP request.
     *
     * @param line its first line
     * @param headers its headers, names in lower case; of one that is repeated, the last
     */
    record Request(String line, Map<String, String> headers) implements Arrival {

        /** Copies the headers. */
        public Request {
            headers = Map.copyOf(headers);
        }

        /** Without the headers: they may hold what nobody wants in a log. */
        @Override
        public String toString() {
            return "the request " + line.replaceAll("\\?\\S*", "?…");
        }
    }

    /**
     * A frame.
     *
     * @param frame the frame, its payload unmasked
     */
    record Frame(WireFrame frame) implements Arrival {
        @Override
        public String toString() {
            return frame.withMask(false) + (frame.masked() ? "" : ", not masked");
        }
    }

    /**
     * The end of TCP: nothing can follow.
     *
     * @param reset whether by RST instead of FIN; which of the two is chance where bytes of the gateway's were still under way
     */
    record End(boolean reset) implements Arrival {
        @Override
        public String toString() {
            return reset ? "the end of TCP, by RST" : "the end of TCP";
        }
    }
}
