package io.headgate.host.ws;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Says in the build's output which tests were skipped and why, such as for want of a container engine. Surefire only
 * counts them. JUnit finds this listener as a service.
 */
public final class SkipNotice implements TestExecutionListener {

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        System.out.println("SKIPPED " + test.getLegacyReportingName() + ": " + reason);
    }
}
