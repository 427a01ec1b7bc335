/**
 * Authentication: a call sends the token of its service as a signature, as the token
 * itself, or not at all. {@link io.eas.client.auth.AuthScheme} lists these schemes and
 * creates the implementation of each.
 */
@NullMarked
package io.eas.client.auth;

import org.jspecify.annotations.NullMarked;
