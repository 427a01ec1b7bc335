package io.eas.discovery.probe;

import org.jspecify.annotations.Nullable;

/**
 * The state of the health checks of an instance at one moment. Immutable.
 *
 * @param verdict the verdict on the instance
 * @param lastResult a description of the last result, such as
 * {@code GET /readyz answered 503}; null before the first check
 */
public record ProbeState(Verdict verdict, @Nullable String lastResult) {

}
