/**
 * A model service as a user would put it on EAS: it classifies handwritten digits. Start
 * with {@link io.eas.sample.model.PredictController}, which answers every call;
 * {@link io.eas.sample.model.ModelApplication} starts it.
 */
@NullMarked
package io.eas.sample.model;

import org.jspecify.annotations.NullMarked;
