/** What the operator sees: {@link io.headgate.host.diagnostics.Diagnostic}. */
@NullMarked
package io.headgate.host.diagnostics;

import org.jspecify.annotations.NullMarked;
