/**
 * The findings that the reader and the validator report about a {@code service.json}.
 * Start with {@link io.eas.deployment.finding.FindingCode}, which lists every kind of
 * finding.
 */
@NullMarked
package io.eas.deployment.finding;

import org.jspecify.annotations.NullMarked;
