/** The status page, in a browser. */
@NullMarked
package io.headgate.samples.standalone.page;

import org.jspecify.annotations.NullMarked;
