/** Whether the host does its work, by one rule, with what is wrong and what can be done. */
@NullMarked
package io.headgate.host.health;

import org.jspecify.annotations.NullMarked;
