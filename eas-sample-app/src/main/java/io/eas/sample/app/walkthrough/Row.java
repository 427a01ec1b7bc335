package io.eas.sample.app.walkthrough;

import java.util.List;

import io.eas.emulator.EmulatedInstance;
import org.jspecify.annotations.Nullable;

/**
 * An instance in the table.
 *
 * @param address the address of the instance
 * @param pid the id of the instance's process
 * @param remark what happened to the instance; empty if nothing happened
 */
record Row(String address, long pid, String remark) {

	/**
	 * Returns the rows for all instances, before one of them, the victim, is killed. The
	 * victim may be null.
	 */
	static List<Row> of(List<EmulatedInstance> instances, @Nullable EmulatedInstance victim, String fate) {
		return instances.stream()
			.map((instance) -> new Row(instance.address(), instance.pid().orElse(0), (instance == victim) ? fate : ""))
			.toList();
	}

}
