package io.eas.client.call;

/**
 * What code of an application may throw.
 */
enum Thrown {

	/** A bug like any other. */
	EXCEPTION,

	/** An {@link Error} that Reactor treats like an exception. */
	ASSERTION,

	/** One that Reactor's operators throw on: a class is missing. */
	LINKAGE,

	/** One that is over once the stack is unwound. */
	STACK,

	/** One after which the process may not be able to go on. */
	MEMORY;

	/** Throws it. */
	void toss() {
		switch (this) {
			case EXCEPTION -> throw new IllegalStateException(name());
			case ASSERTION -> throw new AssertionError(name());
			case LINKAGE -> throw new NoClassDefFoundError(name());
			case STACK -> throw new StackOverflowError(name());
			case MEMORY -> throw new OutOfMemoryError(name());
		}
	}

}
