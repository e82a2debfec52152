package dev.streetbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks which packages and libraries each package uses. Each rule was violated once on purpose,
 * and its test failed.
 */
class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.streetbox");

  /**
   * Names all packages in the order of the data flow, each with every package that the package
   * uses. The statements of a package-info about other packages are checked by this table.
   */
  private static final String USES =
      """
      measure:
      bus:
      sound: measure
      driver: bus measure sound
      part: bus driver measure sound
      sample: bus driver measure
      datadir: measure
      outbox: bus datadir measure
      record: bus datadir measure outbox sample
      mqtt: bus measure
      command: bus datadir measure
      compact: measure
      publish: bus command compact datadir measure mqtt outbox
      report: datadir measure
      panel: bus measure report
      listen: bus compact measure mqtt
      calibrate: datadir measure
      simulate: bus measure part
      agent: bus calibrate command datadir driver measure mqtt outbox panel part publish record report \
      sample simulate sound
      config: agent bus measure mqtt outbox panel part publish record simulate sound
      doctor: agent bus datadir driver measure mqtt outbox part publish record
      screen: bus datadir measure
      export: listen measure outbox record
      hj212: listen measure
      cli: agent bus calibrate command config datadir doctor driver export listen measure mqtt outbox \
      panel part publish record report screen simulate sound
      bridge: bus listen measure mqtt
      ingest: bridge bus listen measure mqtt
      backend: agent bridge bus cli hj212 ingest listen measure mqtt
      """;

  @Test
  void eachPackageUsesWhatTheTableSaysAndNothingElse() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass user : CODE) {
      Set<String> used = uses.computeIfAbsent(folder(user), any -> new TreeSet<>());
      user.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith("dev.streetbox."))
          .map(ArchitectureTest::folder)
          .filter(folder -> !folder.equals(folder(user)))
          .forEach(used::add);
    }
    Map<String, Set<String>> table = new TreeMap<>();
    USES.lines()
        .map(line -> line.split(":", 2))
        .forEach(line -> table.put(line[0], new TreeSet<>(words(line[1]))));
    assertEquals(table, uses);
  }

  private static String folder(JavaClass type) {
    return type.getPackageName().substring("dev.streetbox.".length());
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.streetbox.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void onlyTheAgentChoosesTheHardware() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.streetbox.agent.ConfiguredHardware")
        .and()
        .resideOutsideOfPackages("..bus..", "..simulate..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.streetbox\\.(bus\\.LinuxHardware|simulate\\.Simulation)")
        .check(CODE);
  }

  /**
   * Allows only {@code Hardware} to compare the configured name, so that a change of the name
   * changes one class.
   */
  @Test
  void onlyHardwareComparesTheConfiguredNameOfTheSimulation() throws IOException {
    List<String> others = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        boolean compares =
            text.contains("\"sim\"")
                || text.contains("equals(Hardware.SIMULATED")
                || text.contains("Hardware.SIMULATED.equals");
        if (compares && !file.endsWith("bus/Hardware.java")) {
          others.add(file.toString());
        }
      }
    }
    assertEquals(List.of(), others, "use Hardware.isSimulated");
  }

  @Test
  void noPackageHoldsACircleOfThreeOrMoreClasses() {
    List<Set<String>> circles = new ClassCircles(CODE).ofAtLeast(3);
    assertEquals(List.of(), circles);
  }

  @Test
  void onlyBusAndSimulateUsePi4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..bus..", "..simulate..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.pi4j..")
        .check(CODE);
  }

  @Test
  void onlyOutboxAndIngestUseSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..outbox..", "..ingest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..")
        .check(CODE);
  }

  /** Keeps what only the backend's distribution carries out of the box's program. */
  @Test
  void onlyTheBackendsProgramUsesIngest() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..bridge..", "..ingest..", "..backend..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..bridge..", "..ingest..", "..backend..", "org.postgresql..", "org.apache.kafka..")
        .check(CODE);
  }

  @Test
  void onlyTheBridgeUsesKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..bridge..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CODE);
  }

  @Test
  void onlyMqttUsesPaho() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..mqtt..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.paho..")
        .check(CODE);
  }

  @Test
  void onlyCommandsUsePicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..cli..", "..backend..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CODE);
  }

  @Test
  void onlyScreenUsesTheTerminal() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.streetbox\\.screen\\.(Screen|LiveTerminal|JlineTerminal).*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(CODE);
  }

  @Test
  void onlyConfigUsesToml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tomlj..")
        .check(CODE);
  }

  @Test
  void onlySystemTimeReadsClocksAndSleeps() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.streetbox.bus.SystemTime")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CODE);
  }

  @Test
  void onlyCommandsChooseTheClock() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..cli..", "..backend..")
        .and()
        .doNotBelongToAnyOf(SystemTime.class)
        .should()
        .callConstructor(SystemTime.class)
        .orShould()
        .callConstructor(SystemTime.class, double.class)
        .check(CODE);
  }

  @Test
  void onlyDutyThreadStartsThreads() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.streetbox.agent.DutyThread")
        .should()
        .callConstructorWhere(
            describe(
                "a thread is constructed",
                call -> call.getTargetOwner().isAssignableTo(Thread.class)))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ExecutorService.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executors.class)
        .check(CODE);
  }

  @Test
  void outboxUsesNeitherSensorsNorTheBroker() {
    usesOnly("outbox", "dev.streetbox.measure", "dev.streetbox.datadir", "dev.streetbox.bus.Time")
        .check(CODE);
  }

  @Test
  void recordUsesNoDriverNoStoreAndNoBroker() {
    usesOnly(
            "record",
            "dev.streetbox.measure",
            "dev.streetbox.sample.Board",
            "dev.streetbox.bus.Time",
            "dev.streetbox.bus.Loopback",
            "dev.streetbox.datadir.Secret",
            "dev.streetbox.outbox.Event",
            "dev.streetbox.outbox.LastKnownTime",
            "dev.streetbox.outbox.Outbox")
        .check(CODE);
  }

  /**
   * Returns the rule that a package uses, of Streetbox, only its own classes and the named packages
   * or classes.
   */
  private static ArchRule usesOnly(String name, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage("dev.streetbox." + name)
        .should()
        .dependOnClassesThat(
            describe(
                "are none of " + List.of(allowed),
                used ->
                    used.getName().startsWith("dev.streetbox.")
                        && !used.getPackageName().equals("dev.streetbox." + name)
                        && Stream.of(allowed)
                            .noneMatch(
                                one ->
                                    used.getPackageName().equals(one)
                                        || used.getName().equals(one)
                                        || used.getName().startsWith(one + "$"))));
  }
}
