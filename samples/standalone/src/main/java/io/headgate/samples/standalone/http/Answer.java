package io.headgate.samples.standalone.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * A whole answer.
 *
 * @param status the status
 * @param type its content type
 * @param body the text
 */
record Answer(HttpResponseStatus status, String type, String body) {

    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    static Answer ok(String type, String body) {
        return new Answer(HttpResponseStatus.OK, type, body);
    }

    /** A line that says what is wrong. */
    static Answer refused(HttpResponseStatus status, String why) {
        return new Answer(status, TEXT, why + "\n");
    }
}
