/**
 * Prefix-aware load balancing of language models: an instance is picked by the prompt
 * tokens that it would have to compute before a new prompt, and by the prefix of that
 * prompt which it has computed before. Start with
 * {@link io.eas.loadbalancer.prefix.PrefixAware}; {@code PromptReader} finds the prompt
 * in the body, {@code PromptQueue} estimates what an instance has to do, and
 * {@code PromptStatistics} is what a client learns from the times that it measures.
 */
@NullMarked
package io.eas.loadbalancer.prefix;

import org.jspecify.annotations.NullMarked;
