/**
 * The messages of the PyTorch processor, generated from {@code pytorch_predict.proto}.
 * Start with {@link io.eas.protobuf.pytorch.PredictRequest}.
 */
@NullMarked
package io.eas.protobuf.pytorch;

import org.jspecify.annotations.NullMarked;
