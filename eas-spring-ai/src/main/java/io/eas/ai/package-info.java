/**
 * Connects Spring AI's models for OpenAI's protocol to the instances of an EAS service.
 * Spring AI uses OkHttp. Calls of OkHttp whose host is an alias are made by the client of
 * that alias. Start reading at {@link io.eas.ai.AliasInterceptor}.
 */
@NullMarked
package io.eas.ai;

import org.jspecify.annotations.NullMarked;
