package io.eas.readme;

import io.eas.client.EasException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasTimeoutException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
class EasFailures {

	private static final Log log = LogFactory.getLog(EasFailures.class);

	@ExceptionHandler
	ProblemDetail handle(EasException failure) {
		log.warn(failure.getMessage());
		HttpStatus status = HttpStatus.BAD_GATEWAY;
		if (failure instanceof EasTimeoutException) {
			status = HttpStatus.GATEWAY_TIMEOUT;
		}
		else if (failure instanceof EasNoInstanceException) {
			status = HttpStatus.SERVICE_UNAVAILABLE;
		}
		return ProblemDetail.forStatusAndDetail(status, "The model " + failure.service() + " gave no answer.");
	}

}
