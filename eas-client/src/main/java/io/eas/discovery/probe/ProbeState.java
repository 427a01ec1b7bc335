package io.eas.discovery.probe;

import org.jspecify.annotations.Nullable;

/**
 * What the checks say about one instance at one moment. Immutable.
 *
 * @param verdict what is held of it
 * @param lastResult what the last check found, such as {@code GET /readyz answered 503};
 * null before the first
 */
public record ProbeState(Verdict verdict, @Nullable String lastResult) {

}
