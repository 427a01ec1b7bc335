package io.eas.readme;

import org.springframework.web.service.registry.ImportHttpServices;

@ImportHttpServices(group = "mnist", types = DigitService.class)
class DigitServices {

}
