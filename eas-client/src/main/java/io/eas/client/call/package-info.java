/**
 * The implementation of a call, from the request that the application builds to the
 * response. Start with {@link io.eas.client.call.ServiceClient}, which holds everything
 * that the calls of a service share. A {@code PreparedRequest} is turned into a
 * {@code CallExecution}, the loop over the attempts. Each attempt is an
 * {@code AttemptExecution}. {@code InstanceTransport} configures the HTTP client of an
 * instance. After a failed attempt {@code Failures} converts the failure into an
 * exception, {@code Outcomes} decides what the failure says about the instance, and
 * {@code Failover} decides whether the call continues, and on which instance.
 */
@NullMarked
package io.eas.client.call;

import org.jspecify.annotations.NullMarked;
