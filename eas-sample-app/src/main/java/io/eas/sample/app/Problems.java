package io.eas.sample.app;

import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Reports errors to callers as {@code application/problem+json}. This advice has the
 * highest precedence, so that a bad image is reported as such and not as unreadable JSON.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

	private static final Log log = LogFactory.getLog(Problems.class);

	@ExceptionHandler
	ProblemDetail badImage(BadImageException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail failedCall(EasException ex) {
		log.warn(ex.getMessage());
		return ProblemDetail.forStatusAndDetail(status(ex), detail(ex));
	}

	/**
	 * Returns the description for the caller. Addresses and the service's response only
	 * go to the log, because callers may be anybody.
	 */
	private static String detail(EasException failure) {
		String service = failure.service();
		if (failure instanceof EasNoInstanceException) {
			return "No instance of " + service + " is known";
		}
		if (failure instanceof EasConnectException) {
			return "No instance of " + service + " could be reached";
		}
		if (failure instanceof EasTimeoutException) {
			return service + " did not answer in time";
		}
		if (failure instanceof EasStatusException refusal) {
			return service + " answered with status " + refusal.status().value();
		}
		return service + ((failure instanceof EasConnectionException) ? " broke the connection off"
				: " gave an answer that could not be read");
	}

	private static HttpStatus status(EasException failure) {
		if (failure instanceof EasConnectException || failure instanceof EasNoInstanceException) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		if (failure instanceof EasTimeoutException) {
			return HttpStatus.GATEWAY_TIMEOUT;
		}
		return (failure instanceof EasStatusException refusal) ? status(refusal.status().value())
				: HttpStatus.BAD_GATEWAY;
	}

	private static HttpStatus status(int answered) {
		return switch (answered) {
			// temporarily overloaded
			case 429, 450, 503 -> HttpStatus.SERVICE_UNAVAILABLE;
			case 408, 504 -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

}
