/**
 * How a host is, as JSON for operators and their tools: {@link io.headgate.host.status.StatusJson} and
 * {@link io.headgate.host.status.DiagnosticJson}. It is written only.
 */
@NullMarked
package io.headgate.host.status;

import org.jspecify.annotations.NullMarked;
