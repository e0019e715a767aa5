/**
 * The plugin author's test kit: {@link io.headgate.plugin.test.PluginHarness}. Needs {@code reactor-test}, which is an
 * optional dependency of this module.
 */
@NullMarked
package io.headgate.plugin.test;

import org.jspecify.annotations.NullMarked;
