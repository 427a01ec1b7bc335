package io.eas.sample.app.walkthrough;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The walk-through.
 *
 * @param enabled whether to run it on start; needs the local EAS
 * @param exit whether the application ends after it, with exit code 1 unless all went
 * well; without one it is ignored
 */
@ConfigurationProperties("sample.walk-through")
record WalkThroughProperties(@DefaultValue("false") boolean enabled, @DefaultValue("false") boolean exit) {

}
