package io.eas.readme;

import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

interface DigitService {

	@PostExchange("/v1/digits")
	Digit classify(@RequestBody Image image);

}
