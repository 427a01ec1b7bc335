/**
 * All the state of one service, opened and closed as one: start with
 * {@link io.eas.service.EasService}. {@link io.eas.service.EasServiceFactory} puts it
 * together from its settings: there the HTTP clients of discovery and probes are
 * configured, and prober and algorithm are chosen.
 */
@NullMarked
package io.eas.service;

import org.jspecify.annotations.NullMarked;
