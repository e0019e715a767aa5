package io.headgate.samples.benchmarks.server;

import io.netty.channel.Channel;

/** What the server does to its connections until it is told to stop. On the server's one event loop only. */
interface Load {

    /** A connection takes more again. */
    void writable(Channel channel);

    /** Sends nothing more. */
    void stop();

    /** How many texts it has written. */
    long sent();
}
