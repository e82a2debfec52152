package dev.streetbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the programs that tests and scripts start with those that {@code deploy/verify} installs
 * and those that every Debian has. If a program is installed on the developer's machine by chance,
 * its absence from the lists would be noticed only on a fresh machine.
 */
class PreparedProgramsTest {
  private static final Path VERIFY = Path.of("deploy/verify");
  private static final Path DEMO = Path.of("deploy/demo");
  private static final Path MINIMAL = Path.of("src/test/resources/minimal-debian-programs");

  /**
   * Programs that are started only if they exist, or on another machine, so that nothing installs
   * them.
   */
  private static final Set<String> OPTIONAL = Set.of("ssh", "systemctl", "update-initramfs");

  /** Scripts that run in a root that has the package with its dependencies, not on this machine. */
  private static final Set<Path> IN_THE_ROOT =
      Set.of(
          Path.of("src/test/deb/booted"),
          Path.of("src/test/board/rig"),
          Path.of("deploy/deb/control"),
          Path.of("src/main/launcher/archive"),
          Path.of("src/main/launcher/identity"));

  @Test
  void everyProgramThatATestStartsIsPrepared() throws IOException {
    Set<String> names =
        Arrays.stream(Program.values())
            .map(Program::executable)
            .filter(word -> !word.contains("/"))
            .collect(Collectors.toSet());
    assertPrepared("a test", names, VERIFY);
  }

  @Test
  void noTestStartsAProgramThatIsNoConstantOfProgram() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Program.class.getName())
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                "the call names a program", PreparedProgramsTest::namesAProgram))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("dev.streetbox"));
  }

  private static boolean namesAProgram(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    return (owner.isEquivalentTo(ProcessBuilder.class)
            && Set.of("<init>", "command").contains(call.getName()))
        || (owner.isEquivalentTo(Runtime.class) && call.getName().equals("exec"));
  }

  @Test
  void everyProgramThatTheBoxStartsInTheDemoOrATestIsPrepared() throws IOException {
    assertPrepared("the demo", Set.of("mosquitto"), DEMO);
    assertPrepared("a box in a test", Set.of("mosquitto", "systemd-notify"), VERIFY);
  }

  @Test
  void everyProgramThatAScriptStartsIsPrepared() throws IOException {
    for (String folder : List.of(".ci", "deploy", "src/main/launcher", "src/test")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path script : files.filter(PreparedProgramsTest::isScript).toList()) {
          assertPrepared(script);
        }
      }
    }
  }

  /**
   * Fails unless the list of the script and of the files that it reads, or verify's list if these
   * prepare nothing, names every program that the script starts.
   */
  private static void assertPrepared(Path script) throws IOException {
    ShellScript text = read(script);
    Set<String> names = new TreeSet<>(StartedPrograms.of(text));
    Set<String> functions = new TreeSet<>(text.functions());
    Set<String> prepared = new TreeSet<>(prepared(text));
    for (List<String> command : text.commands()) {
      if (command.get(0).equals(".")) {
        ShellScript shared = read(Path.of(command.get(1)));
        names.addAll(StartedPrograms.of(shared));
        functions.addAll(shared.functions());
        prepared.addAll(prepared(shared));
      }
    }
    names.removeAll(functions);
    boolean hasList = !prepared.isEmpty();
    assertPrepared(
        script.toString(),
        names,
        hasList ? script : VERIFY,
        hasList ? prepared : prepared(read(VERIFY)));
  }

  private static boolean isScript(Path file) {
    if (!Files.isRegularFile(file) || IN_THE_ROOT.stream().anyMatch(file::startsWith)) {
      return false;
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      String begin = new String(bytes.readNBytes(30), StandardCharsets.ISO_8859_1);
      return begin.matches("#!/(bin/sh|.*bash)\n(?s:.*)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ShellScript read(Path script) throws IOException {
    return new ShellScript(Files.readString(script));
  }

  /** Returns the programs that a script installs if they are missing. */
  private static Set<String> prepared(ShellScript script) {
    return script.commands().stream()
        .filter(words -> words.get(0).equals("prepare"))
        .flatMap(words -> words.stream().skip(1).map(word -> word.replaceFirst("=.*", "")))
        .collect(Collectors.toSet());
  }

  /** Returns the programs of a minimal Debian that are used here; a line may end in a comment. */
  private static Set<String> minimal() throws IOException {
    return Files.readAllLines(MINIMAL).stream()
        .flatMap(line -> Stream.of(line.replaceFirst("#.*", "").split(" +")))
        .collect(Collectors.toSet());
  }

  private static void assertPrepared(String starter, Set<String> names, Path list)
      throws IOException {
    assertPrepared(starter, names, list, prepared(read(list)));
  }

  private static void assertPrepared(
      String starter, Set<String> names, Path list, Set<String> prepared) throws IOException {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(prepared);
    missing.removeAll(minimal());
    missing.removeAll(OPTIONAL);
    String advice =
        "%s starts these programs. Add them to the list in %s, or to %s if a minimal Debian has them"
            .formatted(starter, list, MINIMAL);
    assertEquals(Set.of(), missing, advice);
  }
}
