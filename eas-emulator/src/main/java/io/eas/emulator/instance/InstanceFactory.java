package io.eas.emulator.instance;

import java.util.List;
import java.util.function.Consumer;

import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Network;
import io.eas.emulator.net.PortPool;
import io.eas.emulator.process.ProcessCommand;
import io.eas.emulator.token.TokenCheck;
import org.jspecify.annotations.Nullable;

/**
 * Creates the instances of a service without starting them.
 *
 * @param network the threads and connections that instances use
 * @param forwarder forwards requests to processes
 * @param tokens checks the token of each request
 * @param ports the ports that instances listen on
 */
public record InstanceFactory(Network network, Forwarder forwarder, TokenCheck tokens, PortPool ports) {

	/**
	 * Creates an instance whose model lives in this JVM.
	 * @param name the instance's name
	 * @param backend the model
	 * @return the instance, which starts and ends only on demand
	 */
	public Instance inProcess(String name, Backend backend) {
		Frontend front = front(backend);
		Listener listener = listener(front);
		return new Instance(name, backend, front, listener, new ManualLife(name, backend, front, listener));
	}

	/**
	 * Creates an instance whose model is a process without health checks.
	 * @param name the instance's name
	 * @param command starts the process
	 * @return the instance, which starts and ends only on demand
	 */
	public Instance process(String name, ProcessCommand command) {
		return inProcess(name,
				new ProcessBackend(name, command, new SecondPorts(List.of(), new PortOwners()), this.forwarder));
	}

	/**
	 * Creates an instance whose model is a process with health checks.
	 * @param name the instance's name
	 * @param deployment the settings from the {@code service.json}
	 * @param output receives each line of the process's output; {@code null} to log the
	 * lines
	 * @return the instance, which is restarted according to its health checks
	 */
	public Instance deployed(String name, Deployment deployment, @Nullable Consumer<String> output) {
		ProcessBackend backend = new ProcessBackend(name, deployment.command().withOutput(output),
				deployment.secondPorts(), this.forwarder);
		Frontend front = front(backend);
		Listener listener = listener(front);
		SupervisedProcess process = new SupervisedProcess(name, backend, front,
				new ProcessPort(listener, this.network.scheduler()));
		return new Instance(name, backend, front, listener,
				new SupervisedLife(name, backend, process, deployment, this.network));
	}

	private Frontend front(Backend backend) {
		return new Frontend(this.tokens, backend, this.network.scheduler());
	}

	private Listener listener(Frontend front) {
		return new Listener(this.network, this.ports, front::handle);
	}

}
