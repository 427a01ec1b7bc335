/**
 * An application that calls a model on EAS: the starter, {@code application.yml} and
 * controllers with an injected client. Start with
 * {@link io.eas.sample.app.SampleApplication}.
 */
@NullMarked
package io.eas.sample.app;

import org.jspecify.annotations.NullMarked;
