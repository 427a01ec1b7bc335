/**
 * Prefix-aware load balancing of language models: an instance is picked by the prompt
 * tokens that it would have to compute before a new prompt, and by the prefix of the new
 * prompt that it has already computed. Start with
 * {@link io.eas.loadbalancer.prefix.PrefixAware}; {@code PromptReader} finds the prompt
 * in the body, {@code PromptQueue} estimates what an instance has to do, and
 * {@code PromptStatistics} contains the values that a client derives from measured times.
 */
@NullMarked
package io.eas.loadbalancer.prefix;

import org.jspecify.annotations.NullMarked;
