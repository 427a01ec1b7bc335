/**
 * The messages of the TensorFlow processor, generated from {@code tf_predict.proto}.
 * Start with {@link io.eas.protobuf.tensorflow.PredictRequest}.
 */
@NullMarked
package io.eas.protobuf.tensorflow;

import org.jspecify.annotations.NullMarked;
