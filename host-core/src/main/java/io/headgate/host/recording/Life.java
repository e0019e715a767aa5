package io.headgate.host.recording;

/**
 * Whose entries are recorded.
 *
 * @param incarnation which life of the service, from 1
 * @param beganAtMillis when its plugin was subscribed to, in milliseconds since 1970-01-01T00:00Z
 */
record Life(long incarnation, long beganAtMillis) {

    static final Life FIRST = new Life(1, 0);
}
