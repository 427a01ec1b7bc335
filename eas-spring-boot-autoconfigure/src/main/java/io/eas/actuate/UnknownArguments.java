package io.eas.actuate;

import java.util.List;
import java.util.TreeSet;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Rejects a write operation of {@link EasEndpoint} with the status 400 if it has an
 * unknown argument, such as a misspelled one. Actuator itself would ignore the argument.
 * JMX operations have fixed parameters and can't have unknown ones. Thread-safe.
 */
public final class UnknownArguments implements OperationInvokerAdvisor {

	private static final EndpointId EAS = EndpointId.of("eas");

	/** Creates the advisor. */
	public UnknownArguments() {
	}

	@Override
	public OperationInvoker apply(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpoint.equals(EAS) || type == OperationType.READ) {
			return invoker;
		}
		List<String> known = parameters.stream().map(OperationParameter::getName).toList();
		return (context) -> {
			TreeSet<String> unknown = new TreeSet<>(context.getArguments().keySet());
			known.forEach(unknown::remove);
			return unknown.isEmpty() ? invoker.invoke(context)
					: EasEndpointWebExtension.refusal(WebEndpointResponse.STATUS_BAD_REQUEST,
							EasEndpoint.wrong("there is no argument '" + unknown.first() + "'"
									+ (known.contains("time") ? ", only time" : "")));
		};
	}

}
