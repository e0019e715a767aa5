package io.headgate.host.service;

import io.headgate.host.pipeline.PingListener;
import java.util.concurrent.TimeUnit;

/** Counts the pings of one connection. Written by the session's thread, one session after another; read by any. */
final class PingMeter implements PingListener {

    private volatile PingStatus now = new PingStatus(0, 0, 0);

    @Override
    public void pinged() {
        PingStatus last = now;
        now = new PingStatus(last.sent() + 1, last.answered(), last.roundTripMicros());
    }

    @Override
    public void answered(long roundTripNanos) {
        PingStatus last = now;
        now = new PingStatus(last.sent(), last.answered() + 1, TimeUnit.NANOSECONDS.toMicros(roundTripNanos));
    }

    PingStatus snapshot() {
        return now;
    }
}
