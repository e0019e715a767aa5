package io.headgate.host.ws.soak;

/**
 * A text that says whose it is: {@code session:number:…}.
 *
 * @param session the peer's number of the socket it belongs to
 * @param number its place among the texts of the socket that go the same way, from 1
 */
record Numbered(long session, long number) {

    static Numbered parse(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (second < 0) {
            return new Numbered(-1, -1);
        }
        return new Numbered(Long.parseLong(text, 0, first, 10), Long.parseLong(text, first + 1, second, 10));
    }

    String text(String padding) {
        return session + ":" + number + ":" + padding;
    }
}
