/**
 * Encodes and decodes bodies and streams of events with Spring's codecs. Start with
 * {@link io.eas.client.codec.BodyCodecs}.
 */
@NullMarked
package io.eas.client.codec;

import org.jspecify.annotations.NullMarked;
