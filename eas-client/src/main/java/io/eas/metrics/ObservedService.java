package io.eas.metrics;

/**
 * What there is to see of a service, and what of that is wanted.
 *
 * @param discovery whether its list is polled for
 * @param probed whether its instances are checked
 * @param instanceAddress whether observations get the address of the instance
 */
public record ObservedService(boolean discovery, boolean probed, boolean instanceAddress) {

}
