/** What tests put into a jar: of no package that belongs to the host. */
@NullMarked
package io.headgate.jarred;

import org.jspecify.annotations.NullMarked;
