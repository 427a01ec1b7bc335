/**
 * Builders of requests and tensors for services that use the TensorFlow or PyTorch
 * messages of PAI-EAS. Start with {@link io.eas.protobuf.TensorFlowRequest} and
 * {@link io.eas.protobuf.Tensors}; the messages themselves, generated from the
 * {@code .proto} files, are in the packages below.
 */
@NullMarked
package io.eas.protobuf;

import org.jspecify.annotations.NullMarked;
