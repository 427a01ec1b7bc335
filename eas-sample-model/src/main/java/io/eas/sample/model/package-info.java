/**
 * A model service that classifies handwritten digits, as a user would deploy it on EAS.
 * Start with {@link io.eas.sample.model.PredictController}, which answers every call;
 * {@link io.eas.sample.model.ModelApplication} starts the service.
 */
@NullMarked
package io.eas.sample.model;

import org.jspecify.annotations.NullMarked;
