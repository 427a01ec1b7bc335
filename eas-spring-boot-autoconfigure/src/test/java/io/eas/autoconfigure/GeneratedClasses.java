package io.eas.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiled classes that were generated ahead of time. They may use what is visible in
 * their packages only, so they are loaded by one class loader together with all of our
 * classes and Spring's.
 */
final class GeneratedClasses extends ClassLoader {

	private static final List<String> SHARED_PACKAGES = List.of("org.springframework.", "io.eas.");

	private final Path classes;

	private GeneratedClasses(Path classes) {
		super(GeneratedClasses.class.getClassLoader());
		this.classes = classes;
	}

	/**
	 * Compiles.
	 * @param sources folder of sources
	 * @param classes folder of classes, some of which may be there already
	 */
	static GeneratedClasses compile(Path sources, Path classes) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> all = Files.walk(sources)) {
			List<Path> java = all.filter((file) -> file.toString().endsWith(".java")).toList();
			boolean compiled = compiler
				.getTask(messages, files, null,
						List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-classpath",
								classes + System.getProperty("path.separator") + System.getProperty("java.class.path")),
						null, files.getJavaFileObjectsFromPaths(java))
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
		return new GeneratedClasses(classes);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (SHARED_PACKAGES.stream().noneMatch(name::startsWith)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> known = findLoadedClass(name);
			return (known != null) ? known : findClass(name);
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		String file = name.replace('.', '/') + ".class";
		Path generated = this.classes.resolve(file);
		try (InputStream in = Files.exists(generated) ? Files.newInputStream(generated)
				: getParent().getResourceAsStream(file)) {
			if (in == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] bytes = in.readAllBytes();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

}
