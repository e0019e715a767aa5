package io.headgate.host.ws.broker;

import static io.headgate.host.ws.broker.Eventually.eventually;

import com.github.dockerjava.api.DockerClient;

/** What is done to a broker that runs, and how it is undone. A fault has struck when its method returns. */
final class BrokerFaults {

    private final RabbitBroker broker;
    private final DockerClient engine;

    BrokerFaults(RabbitBroker broker) {
        this.broker = broker;
        this.engine = broker.getDockerClient();
    }

    /** Freezes all its processes meanwhile: TCP stays, and nobody answers. */
    void whilePaused(ThrowingRunnable meanwhile) throws Exception {
        engine.pauseContainerCmd(broker.getContainerId()).exec();
        try {
            meanwhile.run();
        } finally {
            engine.unpauseContainerCmd(broker.getContainerId()).exec();
        }
    }

    /** SIGKILL. */
    void kill() {
        engine.killContainerCmd(broker.getContainerId()).exec();
        eventually(broker::isRunning, running -> !running);
    }

    /** Starts what was killed, with the same disk and ports; it is not up yet when this returns. */
    void start() {
        engine.startContainerCmd(broker.getContainerId()).exec();
    }

    /** Takes its only network away, and with it the ports by which it is reached; gives the network's name. */
    String disconnect() {
        String network = broker.getCurrentContainerInfo().getNetworkSettings().getNetworks().keySet().stream()
                .findFirst()
                .orElseThrow();
        engine.disconnectFromNetworkCmd()
                .withContainerId(broker.getContainerId())
                .withNetworkId(network)
                .exec();
        return network;
    }

    void connect(String network) {
        engine.connectToNetworkCmd()
                .withContainerId(broker.getContainerId())
                .withNetworkId(network)
                .exec();
    }

    /**
     * Has the kernel of its machine drop what comes to Web STOMP, or what leaves it, meanwhile: nothing is refused, reset or
     * ended, and nobody is told. Its other ports go on.
     */
    void whileDropping(Lost lost, ThrowingRunnable meanwhile) throws Exception {
        broker.asRoot("iptables", "-A", lost.chain, "-p", "tcp", lost.port, broker.webStompPort(), "-j", "DROP");
        try {
            meanwhile.run();
        } finally {
            broker.asRoot("iptables", "-D", lost.chain, "-p", "tcp", lost.port, broker.webStompPort(), "-j", "DROP");
        }
    }

    /** Which packets are dropped. */
    enum Lost {
        TO_BROKER("INPUT", "--dport"),
        TO_HOST("OUTPUT", "--sport");

        private final String chain;
        private final String port;

        Lost(String chain, String port) {
            this.chain = chain;
            this.port = port;
        }
    }

    /** Stops RabbitMQ in order, not the machine under it. */
    void stopApp() {
        broker.rabbitmqctl("stop_app");
    }

    /** Returns when it is up. */
    void startApp() {
        broker.rabbitmqctl("start_app");
    }

    /** What is done while a fault lasts. */
    @FunctionalInterface
    interface ThrowingRunnable {
        void run() throws Exception;
    }
}
