/**
 * Retries: which failures are retried, when, and how often. The stateless rules are in
 * {@link io.eas.client.retry.RetryRules}. {@link io.eas.client.retry.ServiceRetries}
 * holds the retry state that the calls of a service share, such as the
 * {@link io.eas.client.retry.RetryBudget}. {@link io.eas.client.retry.Retries} applies
 * both to one call.
 */
@NullMarked
package io.eas.client.retry;

import org.jspecify.annotations.NullMarked;
