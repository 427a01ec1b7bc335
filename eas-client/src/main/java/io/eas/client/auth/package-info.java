/**
 * How a call shows the token of its service: as a signature, as the token itself, or not
 * at all. {@link io.eas.client.auth.AuthScheme} names the ways, and makes each.
 */
@NullMarked
package io.eas.client.auth;

import org.jspecify.annotations.NullMarked;
