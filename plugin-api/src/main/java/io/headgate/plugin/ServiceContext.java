package io.headgate.plugin;

import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What the host offers one incarnation of a service. All methods may be called from any thread. */
public interface ServiceContext {

    /**
     * The plugin's id, as its manifest gives it.
     *
     * @return the id
     */
    String plugin();

    /**
     * The service's name, as its manifest gives it.
     *
     * @return the name
     */
    String service();

    /**
     * Which life of the service this is.
     *
     * @return 1 for the first, counted up at each restart
     */
    long incarnation();

    /**
     * The settings that the operator's grant gives to this plugin.
     *
     * @return an unmodifiable map, empty when there are none
     */
    Map<String, String> settings();

    /**
     * The service's only clock and timer: give it to every {@code delay}, {@code interval} and {@code timeout}, and the
     * service can be tested in virtual time.
     *
     * @return a scheduler whose {@code dispose} does nothing; its tasks run on the service's own worker
     */
    Scheduler scheduler();

    /**
     * What became of this service's commands, as it is decided.
     *
     * @return a hot view: a subscriber sees what is decided after it subscribed, on the service's worker. It holds as many
     *     outcomes for a slow subscriber as the host is set to, by default 256, and drops the oldest beyond, which the
     *     service's status counts. It completes with the incarnation and never fails.
     */
    Flux<CommandOutcome> outcomes();

    /**
     * Reports that one event could not be handled. The host keeps the text of the error, not the error.
     *
     * @param event the event in hand
     * @param error what went wrong
     */
    void reportFailure(IngressEvent event, Throwable error);

    /**
     * Opens a WebSocket for <strong>one bounded exchange</strong>, such as a ticket, a login or the look-up of a URL. It is not
     * the way to integrate a service: declare a connection with the access {@code subscribe} for that, which the host keeps open
     * and tells of in {@code events}.
     *
     * <p>It needs the access {@code exchange}, declared in the manifest and granted, asked at the dial and before each text. It is
     * a socket of its own, whatever the host does with a connection of that name. Bounded are, by default: 4 at once for a
     * service, dials among them; 60 s of life from when the peer accepts; 64 texts each way; 4 MiB that wait each way. It ends
     * with the incarnation.
     *
     * @param connection the connection's name; its target must be a URI, not a pattern
     * @return opens one at each subscription. Fails with a {@link PullException}:
     *     {@link PullException.Reason#REFUSED} before anything is dialled, where authority or a bound refuses it;
     *     {@link PullException.Reason#DIAL_FAILED} when the peer could not be reached within the host's timeouts. Cancelling
     *     gives the dial up. Signals arrive on the service's thread for exchanges
     */
    Mono<PullWebSocket> exchange(String connection);
}
