/**
 * The API for applications: {@link io.eas.client.EasClient} with its requests, responses
 * and exceptions. The package {@code io.eas.client.call} contains the implementation of a
 * call.
 */
@NullMarked
package io.eas.client;

import org.jspecify.annotations.NullMarked;
