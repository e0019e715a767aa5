/** What a plugin may reach: {@link io.headgate.host.authority.Authority}, the intersection of manifest and grant. */
@NullMarked
package io.headgate.host.authority;

import org.jspecify.annotations.NullMarked;
