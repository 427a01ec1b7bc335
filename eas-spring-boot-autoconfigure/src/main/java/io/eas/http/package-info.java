/**
 * What discovery, probes and calls share on the wire: a body that is read whole within a
 * limit, connections over TLS, and which failures are this machine's own. Start with
 * {@link io.eas.http.BodyBytes}.
 */
@NullMarked
package io.eas.http;

import org.jspecify.annotations.NullMarked;
