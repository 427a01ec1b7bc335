/**
 * One call, from the request that the application puts together to the answer. Start with
 * {@link io.eas.client.call.ServiceClient}, which holds what the calls of a service
 * share; {@code PreparedRequest} turns into a {@code CallExecution}, the loop over the
 * attempts, each of which is an {@code AttemptExecution}.
 */
@NullMarked
package io.eas.client.call;

import org.jspecify.annotations.NullMarked;
