/**
 * Language models: how long callers wait for the first token, by load-balancing
 * algorithm, in a simulation of inference engines. Start with
 * {@link io.eas.benchmarks.llm.LlmCommand}.
 */
@NullMarked
package io.eas.benchmarks.llm;

import org.jspecify.annotations.NullMarked;
