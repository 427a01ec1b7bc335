package io.eas.test.local;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Injects a service of the {@linkplain LocalEas local EAS} into a field or parameter of
 * type {@link io.eas.emulator.EmulatedService}, to count its requests and to set its
 * faults.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Autowired
@Qualifier
public @interface LocalEasService {

	/**
	 * The alias of the service.
	 * @return the alias as in {@link LocalEas.Service#alias()}
	 */
	String value();

}
