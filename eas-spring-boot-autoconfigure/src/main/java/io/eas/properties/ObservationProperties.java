package io.eas.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What observations of calls tell.
 *
 * @param instanceAddress Whether the address of the instance is among what traces get. It
 * is never a tag of a meter.
 */
public record ObservationProperties(@DefaultValue("false") boolean instanceAddress) {

}
