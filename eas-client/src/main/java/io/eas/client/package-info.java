/**
 * What applications hold: {@link io.eas.client.EasClient} and what it takes, gives and
 * throws. How a call is made is in {@code io.eas.client.call}.
 */
@NullMarked
package io.eas.client;

import org.jspecify.annotations.NullMarked;
