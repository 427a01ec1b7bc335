/**
 * A language model service as engines such as vLLM serve one: how long prompts and tokens
 * take, in virtual time ({@link io.eas.emulator.llm.InferenceEngine}), which simulations
 * can drive by themselves.
 */
@NullMarked
package io.eas.emulator.llm;

import org.jspecify.annotations.NullMarked;
