/** Holds the modules to their dependency picture, and the code to the house rules that a class file can show. */
@NullMarked
package io.headgate.architecture;

import org.jspecify.annotations.NullMarked;
