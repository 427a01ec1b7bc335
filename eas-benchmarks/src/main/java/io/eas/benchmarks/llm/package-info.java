/**
 * Measures how long callers of language models wait for the first token, by
 * load-balancing algorithm, in a simulation of inference engines or with a service. Start
 * with {@link io.eas.benchmarks.llm.LlmCommand}.
 */
@NullMarked
package io.eas.benchmarks.llm;

import org.jspecify.annotations.NullMarked;
