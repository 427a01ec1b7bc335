package io.eas.readme;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the examples.
 */
@SpringBootApplication
class DigitApplication {

}
