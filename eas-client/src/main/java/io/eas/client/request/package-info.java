/**
 * The parts of a request, and the settings that determine them: the target, the headers
 * that an application may set, the request ID, the time limits. Start with
 * {@link io.eas.client.request.CallSettings}, which holds everything that can be
 * configured for the calls of a service.
 */
@NullMarked
package io.eas.client.request;

import org.jspecify.annotations.NullMarked;
