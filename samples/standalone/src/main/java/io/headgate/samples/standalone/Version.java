package io.headgate.samples.standalone;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What the jar's manifest says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Headgate.class.getPackage().getImplementationVersion();
        return new String[] {"headgate " + Objects.requireNonNullElse(version, "(not from a jar)")};
    }
}
