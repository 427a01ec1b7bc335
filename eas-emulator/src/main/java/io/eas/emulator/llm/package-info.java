/**
 * A language model service without a model. {@link io.eas.emulator.llm.InferenceEngine}
 * calculates, in virtual time, how long prompts and tokens take; simulations can use it
 * on its own. {@link io.eas.emulator.llm.LlmBackend} answers requests in OpenAI's
 * protocol at that speed.
 */
@NullMarked
package io.eas.emulator.llm;

import org.jspecify.annotations.NullMarked;
