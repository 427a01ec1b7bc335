package io.eas.sample.app.walkthrough;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the walk-through.
 *
 * @param enabled whether to run the walk-through on start; needs the local EAS
 * @param exit whether the application ends after the walk-through, with exit code 1 if a
 * call failed or the accuracy was too low; ignored if the walk-through is not enabled
 */
@ConfigurationProperties("sample.walk-through")
record WalkThroughProperties(@DefaultValue("false") boolean enabled, @DefaultValue("false") boolean exit) {

}
