/**
 * What discovery, probes and calls share on the wire: connections that keep exchanges
 * apart, TLS as a part of connecting, a body that is read whole within a limit, and which
 * failures are this machine's own or those of the application's listeners. Start with
 * {@link io.eas.http.ConnectionGuard}.
 */
@NullMarked
package io.eas.http;

import org.jspecify.annotations.NullMarked;
