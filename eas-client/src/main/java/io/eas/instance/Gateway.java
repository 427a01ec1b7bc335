package io.eas.instance;

/**
 * The endpoint of EAS where it passes calls on to instances itself.
 *
 * @param instance its address, as if it were an instance; the host is a name as a rule
 * @param secure whether it is spoken to over TLS
 */
public record Gateway(EasInstance instance, boolean secure) {

}
