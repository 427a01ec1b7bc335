/**
 * What is tried again, when, and how often. {@link io.eas.client.retry.RetryRules}
 * decides from values alone, {@link io.eas.client.retry.ServiceRetries} is what the calls
 * of a service share, such as {@link io.eas.client.retry.RetryBudget}, and
 * {@link io.eas.client.retry.Retries} puts both to use for one call.
 */
@NullMarked
package io.eas.client.retry;

import org.jspecify.annotations.NullMarked;
