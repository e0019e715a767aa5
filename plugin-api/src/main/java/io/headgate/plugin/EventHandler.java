package io.headgate.plugin;

import org.reactivestreams.Publisher;

/**
 * The first door for a plugin author: one event in, commands out.
 *
 * <p>Handed to the host through {@link ServicePlugin#perEvent(EventHandler)}. Events of a service arrive one at a time;
 * the next one is asked for when the publisher of this one has completed. Nothing of the host's waits on the handler
 * but this service's own queue.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Answers one event.
     *
     * <p>Runs on the service's own worker, never on an event loop. A thrown exception, an error signal or {@code null}
     * is reported as the failure of this event, and the next event follows.
     *
     * @param event the event; each kind is a record nested in {@link IngressEvent}
     * @return the commands that answer it, in order; empty for none
     */
    Publisher<OutputCommand> on(IngressEvent event);
}
