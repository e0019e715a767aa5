package io.headgate.samples.socketmode;

import reactor.core.publisher.Mono;

/** Where the next connection is to be opened: each URL is good for one, and for half a minute. */
@FunctionalInterface
interface Tickets {

    /** Asks for a URL, once for each subscription; fails where the call does. */
    Mono<String> next();
}
