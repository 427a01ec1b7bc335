package io.eas.sample.app.walkthrough;

import java.util.List;

import io.eas.emulator.EmulatedInstance;
import org.jspecify.annotations.Nullable;

/**
 * An instance in the table.
 *
 * @param address its address
 * @param pid the id of its process
 * @param remark what happened to it, or nothing
 */
record Row(String address, long pid, String remark) {

	/**
	 * The instances as they are before the victim, if there is one, is killed.
	 */
	static List<Row> of(List<EmulatedInstance> instances, @Nullable EmulatedInstance victim, String fate) {
		return instances.stream()
			.map((instance) -> new Row(instance.address(), instance.pid().orElse(0), (instance == victim) ? fate : ""))
			.toList();
	}

}
