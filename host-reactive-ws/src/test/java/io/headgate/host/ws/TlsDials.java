package io.headgate.host.ws;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.TlsSettings;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.Assertions;
import reactor.core.scheduler.Schedulers;

/** Dials servers with certificates, where one root is the system's trust. */
final class TlsDials implements AutoCloseable {

    private final X509Bundle system;
    private final SlowNames names = new SlowNames();
    private final ReactorNettyDriver driver;
    private final List<NettyServer> servers = new ArrayList<>();

    TlsDials() throws Exception {
        system = Certified.root("system root");
        driver = ReactorNettyDriver.create(
                WebSocketOptions.defaults().withEventLoops(1),
                Schedulers.parallel(),
                (options, loops) -> names.resolver(),
                Trust.of(Set.of(system.getCertificate())));
    }

    /** The root that the system trusts. */
    X509Bundle system() {
        return system;
    }

    TlsDials naming(String name) throws Exception {
        names.answering(name, "127.0.0.1");
        return this;
    }

    NettyServer server(SslContext tls) {
        return server(tls, InetAddress.getLoopbackAddress());
    }

    NettyServer server(SslContext tls, InetAddress address) {
        NettyServer server = new NettyServer(tls, address);
        servers.add(server);
        return server;
    }

    Recording dial(NettyServer server, String host, TlsSettings settings) {
        Target asked = server.target(Answer.ACCEPT);
        return dial(new Target("wss", host, asked.port(), asked.path(), asked.query()), settings);
    }

    Recording dial(Target target, TlsSettings settings) {
        return Recording.of(
                driver,
                Recording.spec(target, DialTerms.of(AddressPolicy.LOOPBACK).withTls(settings)));
    }

    /** A session that opens, and speaks. */
    void accepted(NettyServer server, String host, TlsSettings settings) {
        Recording recording = dial(server, host, settings);
        recording.session();
        Objects.requireNonNull(server.peer().block(Recording.LIMIT)).close(1000, "");
        recording.frames().blockLast(Recording.LIMIT);
    }

    /** What a dial says that does not open. */
    String refused(NettyServer server, String host, TlsSettings settings) {
        return refused(dial(server, host, settings));
    }

    String refused(Recording recording) {
        String message = String.valueOf(recording.failure(FailureKind.CONNECT).getMessage());
        Assertions.assertThat(message).startsWith("TLS was not established: ");
        return message.substring("TLS was not established: ".length());
    }

    @Override
    public void close() {
        driver.disposeLater().block(Recording.LIMIT);
        servers.forEach(NettyServer::close);
    }
}
