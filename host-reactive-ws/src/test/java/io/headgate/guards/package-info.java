/** The nets under the tests of this module: {@link LeakGuard} for buffers, BlockHound for event loops; each is shown to hold. */
@NullMarked
package io.headgate.guards;

import org.jspecify.annotations.NullMarked;
