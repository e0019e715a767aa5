package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;

/**
 * A service that a plugin consists of.
 *
 * @param name the name, unique in its plugin: 1 to 64 of {@code [a-zA-Z0-9._-]}
 * @param className the class that implements it, at most 256 characters
 * @param connections the connections it asks for, names unique, at most 1024
 */
public record ServiceDeclaration(String name, String className, List<ConnectionDeclaration> connections) {

    static final int MAX_CONNECTIONS = 1024;

    /** Copies and checks the components. */
    public ServiceDeclaration {
        Require.name("service name", name);
        Require.className(className);
        connections = Require.unique("connections", connections, MAX_CONNECTIONS, ConnectionDeclaration::name);
    }

    /**
     * Finds a connection.
     *
     * @param connection its name
     * @return its declaration; empty when there is none of that name
     */
    public Optional<ConnectionDeclaration> connection(String connection) {
        return connections.stream()
                .filter(declared -> declared.name().equals(connection))
                .findFirst();
    }
}
