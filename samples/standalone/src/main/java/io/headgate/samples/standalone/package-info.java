/** The host as one runnable jar, for operators: {@code java -jar headgate.jar --help}. */
@NullMarked
package io.headgate.samples.standalone;

import org.jspecify.annotations.NullMarked;
