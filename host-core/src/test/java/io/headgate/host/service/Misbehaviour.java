package io.headgate.host.service;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Twenty ways for a plugin to behave badly, most of them from its first text on. */
enum Misbehaviour implements ServicePlugin {
    THROWS_WHEN_COMPOSED {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            throw new IllegalStateException(name());
        }
    },
    RETURNS_NULL {
        @Override
        @SuppressWarnings("NullAway")
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return null;
        }
    },
    NEVER_SUBSCRIBES {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return Flux.never();
        }
    },
    SUBSCRIBES_TWICE {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return Flux.merge(nothingOf(events), nothingOf(events));
        }
    },
    NEVER_ASKS {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return asking(events, 0);
        }
    },
    ASKS_ONCE {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return asking(events, 1);
        }
    },
    COMPLETES {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return texts(events).take(1).thenMany(Flux.empty());
        }
    },
    FAILS_AT_EACH_TEXT {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return texts(events).map(text -> {
                throw new IllegalStateException(name());
            });
        }
    },
    FAILS_EACH_EVENT {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return ServicePlugin.perEvent(event -> {
                        throw new IllegalStateException(name());
                    })
                    .handle(events, context);
        }
    },
    THROWS_WHAT_IS_FATAL {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return texts(events).map(text -> {
                throw new NoClassDefFoundError(name());
            });
        }
    },
    BLOCKS {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return nothingOf(texts(events).doOnNext(text -> park(Duration.ofDays(1))));
        }
    },
    BLOCKS_IN_CANCEL {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            Flux<OutputCommand> stubborn = Flux.<OutputCommand>never().doOnCancel(() -> park(Duration.ofDays(1)));
            return Flux.merge(stubborn, FAILS_AT_EACH_TEXT.handle(events, context));
        }
    },
    DAWDLES {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return nothingOf(texts(events).doOnNext(text -> park(Duration.ofMillis(50))));
        }
    },
    NEVER_ENDS_ITS_ANSWER {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return ServicePlugin.perEvent(event -> Mono.never()).handle(events, context);
        }
    },
    SENDS_MALFORMED_TEXTS {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return texts(events).map(text -> text.reply("\ud800"));
        }
    },
    HANGS_UP {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return events.mapNotNull(event -> event instanceof IngressEvent.Text text
                    ? OutputCommand.close(text.connection(), 1000, "")
                    : event instanceof IngressEvent.ReconnectNeeded down ? down.reconnect() : null);
        }
    },
    IGNORES_ITS_OUTCOMES {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return Flux.merge(
                    asking(context.outcomes(), 0),
                    texts(events).map(text -> text.reply("a").withId("same")));
        }
    },
    FLOODS_WITH_TEXTS {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return endless(events, OutputCommand.sendText(CONNECTION, "x".repeat(50)));
        }
    },
    FLOODS_WITH_REFUSED_TEXTS {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return endless(events, OutputCommand.sendText("undeclared", "x"));
        }
    },
    FLOODS_WITH_STATUS {
        @Override
        public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
            return endless(events, OutputCommand.reportStatus(Health.FAILING, "again"));
        }
    };

    static final String CONNECTION = "feed";

    private static Flux<IngressEvent.Text> texts(Flux<IngressEvent> events) {
        return events.ofType(IngressEvent.Text.class);
    }

    private static Flux<OutputCommand> nothingOf(Flux<?> events) {
        return events.thenMany(Flux.empty());
    }

    private static Flux<OutputCommand> endless(Flux<IngressEvent> events, OutputCommand command) {
        return texts(events).take(1).thenMany(Flux.generate(sink -> sink.next(command)));
    }

    private static Flux<OutputCommand> asking(Flux<?> events, long times) {
        events.subscribe(new BaseSubscriber<Object>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                if (times > 0) {
                    request(times);
                }
            }
        });
        return Flux.never();
    }

    private static void park(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
