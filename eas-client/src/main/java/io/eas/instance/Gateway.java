package io.eas.instance;

/**
 * The gateway of EAS: the endpoint that calls go to if EAS itself distributes them to the
 * instances.
 *
 * @param instance the address of the endpoint, in the form of an instance; its host
 * usually is a name
 * @param secure whether the endpoint uses TLS
 */
public record Gateway(EasInstance instance, boolean secure) {

}
