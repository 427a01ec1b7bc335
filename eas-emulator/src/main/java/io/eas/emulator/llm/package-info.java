/**
 * A language model service, without a model: how long prompts and tokens take, in virtual
 * time ({@link io.eas.emulator.llm.InferenceEngine}), which simulations can drive by
 * themselves, and the instance that answers in OpenAI's protocol at that pace
 * ({@link io.eas.emulator.llm.LlmBackend}).
 */
@NullMarked
package io.eas.emulator.llm;

import org.jspecify.annotations.NullMarked;
