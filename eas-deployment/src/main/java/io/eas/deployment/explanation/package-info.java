/**
 * Explains the health checks of a service in words and as a timeline, for people, by pure
 * functions from a descriptor to text. Start with
 * {@link io.eas.deployment.explanation.Explanation}; the numbers come from
 * {@code CheckSchedule}.
 */
@NullMarked
package io.eas.deployment.explanation;

import org.jspecify.annotations.NullMarked;
