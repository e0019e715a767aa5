package io.headgate.samples.webflux;

import io.headgate.host.ConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what is wrong with a manifest or a grant file, a line for each problem, in place of a stack trace. */
final class UnusableFile extends AbstractFailureAnalyzer<ConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the file, or set headgate.manifest and headgate.grants to where it is.",
                cause);
    }
}
