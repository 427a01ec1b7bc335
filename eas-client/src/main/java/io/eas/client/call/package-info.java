/**
 * The implementation of a call, from the request that the application builds to the
 * response. Start with {@link io.eas.client.call.ServiceClient}, which holds everything
 * that the calls of a service share. A {@code PreparedRequest} is turned into a
 * {@code CallExecution}, the loop over the attempts. Each attempt is an
 * {@code AttemptExecution}.
 */
@NullMarked
package io.eas.client.call;

import org.jspecify.annotations.NullMarked;
