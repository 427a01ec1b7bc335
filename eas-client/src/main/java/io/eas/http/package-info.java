/**
 * The HTTP layer that discovery, probes and calls share: connections on which each
 * response is assigned to the right request, TLS as part of connecting, response bodies
 * with a size limit, and the distinction between failures of this machine, of the
 * application's listeners and of the other side. Start with
 * {@link io.eas.http.ConnectionGuard}. The HTTP clients themselves are configured by
 * {@code client.call.InstanceTransport} for calls and by
 * {@code service.EasServiceFactory} for discovery and probes.
 */
@NullMarked
package io.eas.http;

import org.jspecify.annotations.NullMarked;
