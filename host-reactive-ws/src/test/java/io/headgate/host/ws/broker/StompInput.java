package io.headgate.host.ws.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a stream of bytes into STOMP frames. Heart-beats between them are left out. */
final class StompInput {

    private static final Pattern CONTENT_LENGTH = Pattern.compile("\\ncontent-length:(\\d+)\\r?\\n");

    private final InputStream in;

    StompInput(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next frame; waits for its last byte. */
    StompFrame next() throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int first = read();
        while (first == '\n' || first == '\r') {
            first = read();
        }
        frame.write(first);
        readHead(frame);
        Matcher length = CONTENT_LENGTH.matcher(frame.toString(UTF_8));
        if (length.find()) {
            frame.write(in.readNBytes(Integer.parseInt(length.group(1))));
        }
        for (int next = read(); ; next = read()) {
            frame.write(next);
            if (next == 0) {
                return Stomp.parse(frame.toString(UTF_8)).orElseThrow();
            }
        }
    }

    /** Up to and with the empty line. */
    private void readHead(ByteArrayOutputStream head) throws IOException {
        int lineLength = 1;
        while (true) {
            int next = read();
            head.write(next);
            if (next == '\n') {
                if (lineLength == 0) {
                    return;
                }
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
        }
    }

    private int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the broker closed the connection");
        }
        return next;
    }
}
