/**
 * Spring AI's models for OpenAI's protocol, called on the instances of a service of EAS.
 * Spring AI uses OkHttp, whose calls to the host of an alias become calls of its client.
 * Start reading at {@link io.eas.ai.AliasInterceptor}.
 */
@NullMarked
package io.eas.ai;

import org.jspecify.annotations.NullMarked;
