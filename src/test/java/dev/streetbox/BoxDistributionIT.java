package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the box's distribution with that of the backend, both as they were built. */
class BoxDistributionIT {
  private static final Path BOX = Path.of("target/streetbox/lib");
  private static final Path BACKEND = Path.of("target/streetbox-backend/lib");
  private static final List<String> BACKEND_PACKAGES =
      List.of("backend", "bridge", "hj212", "ingest");

  /** The size of the box's jars before the backend was part of the module, in bytes. */
  private static final long BEFORE_BYTES = 6_510_000;

  /** What commands, reports and other work of the same version add to the box. */
  private static final long OTHER_WORK_BYTES = 400_000;

  @Test
  void theBoxHasNoJarThatOnlyTheBackendNeeds() throws IOException {
    Set<String> onlyBackend = names(BACKEND);
    onlyBackend.removeAll(names(BOX));
    assertEquals(
        List.of("kafka-clients", "postgresql", "streetbox-backend"),
        onlyBackend.stream().sorted().toList(),
        "the jars that only the backend's distribution has");
    Set<String> onlyBox = names(BOX);
    onlyBox.removeAll(names(BACKEND));
    assertEquals(Set.of(), onlyBox, "the backend can do everything that the box can");
  }

  @Test
  void theBoxHasNoClassOrFileOfTheBackendsPackages() throws IOException {
    try (Stream<Path> jars = Files.list(BOX)) {
      for (Path path : jars.filter(jar -> jar.toString().endsWith(".jar")).toList()) {
        try (JarFile jar = new JarFile(path.toFile())) {
          assertEquals(
              List.of(),
              jar.stream()
                  .map(entry -> entry.getName())
                  .filter(
                      name ->
                          name.matches("dev/streetbox/(backend|bridge|hj212|ingest)/.+")
                              || name.startsWith("org/postgresql/")
                              || name.startsWith("org/apache/kafka/"))
                  .toList(),
              path.toString());
        }
      }
    }
  }

  @Test
  void theManifestOfTheBoxNamesNoSuchJar() throws IOException {
    try (JarFile jar = new JarFile(programJar(BOX).toFile())) {
      String classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");
      assertTrue(classPath.contains("sqlite-jdbc"), classPath);
      assertTrue(!classPath.contains("postgres") && !classPath.contains("kafka"), classPath);
    }
  }

  @Test
  void theBackendHasEveryClassOfItsPackages() throws IOException {
    Set<String> found = new TreeSet<>();
    try (JarFile jar = new JarFile(programJar(BACKEND, "-backend.jar").toFile())) {
      jar.stream()
          .map(entry -> entry.getName().split("/"))
          .filter(levels -> levels.length == 4)
          .forEach(levels -> found.add(levels[2]));
    }
    assertTrue(BACKEND_PACKAGES.containsAll(found), found.toString());
    assertTrue(found.containsAll(BACKEND_PACKAGES), found.toString());
  }

  @Test
  void theBoxIsNotLargerForIt() throws IOException {
    long bytes = 0;
    try (Stream<Path> jars = Files.list(BOX)) {
      for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
        bytes += Files.size(jar);
      }
    }
    assertTrue(bytes < BEFORE_BYTES + OTHER_WORK_BYTES, bytes + " bytes of jars");
  }

  private static Path programJar(Path lib) throws IOException {
    return programJar(lib, "[0-9].jar");
  }

  private static Path programJar(Path lib, String end) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(
              path -> path.getFileName().toString().matches("streetbox-[0-9.]*" + regex(end)))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String regex(String end) {
    return end.replace(".jar", "\\.jar");
  }

  /** Returns the names of the jars without their versions. */
  private static Set<String> names(Path lib) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.replaceAll("-[0-9][0-9.]*(-backend)?\\.jar$", "$1"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
