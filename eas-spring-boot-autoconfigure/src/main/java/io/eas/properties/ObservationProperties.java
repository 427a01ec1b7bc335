package io.eas.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the observations of calls.
 *
 * @param instanceAddress Whether traces contain the address of the instance, which is
 * never a tag of a meter.
 */
public record ObservationProperties(@DefaultValue("false") boolean instanceAddress) {

}
