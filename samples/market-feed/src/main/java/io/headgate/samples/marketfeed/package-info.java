/**
 * Books that are kept by a snapshot and what changes from there: {@link io.headgate.samples.marketfeed.BookFeed} is where to begin.
 */
@NullMarked
package io.headgate.samples.marketfeed;

import org.jspecify.annotations.NullMarked;
