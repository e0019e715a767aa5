/** What an operator and his tools are told over HTTP. Reads only. */
@NullMarked
package io.headgate.samples.standalone.http;

import org.jspecify.annotations.NullMarked;
