package io.headgate.samples.marketfeed;

import io.headgate.plugin.EventHandler;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * {@link BookFeed} as it was once, with one book: it takes a change that was under way while it subscribed, and so comes behind the
 * snapshot that has it, for one before which others are missing. It subscribes again then, and the next one comes late too.
 */
final class EarlierFeed implements EventHandler {

    private long number;

    @Override
    public Publisher<OutputCommand> on(IngressEvent event) {
        if (event instanceof IngressEvent.Opened opened) {
            return Mono.just(opened.send(FeedMessage.subscribe("AAA")));
        }
        if (!(event instanceof IngressEvent.Text text)) {
            return Mono.empty();
        }
        FeedMessage message = FeedMessage.read(text.text());
        boolean follows = message.isSnapshot() || message.number() == number + 1;
        number = message.number();
        return follows ? Mono.empty() : Mono.just(text.reply(FeedMessage.subscribe("AAA")));
    }
}
