package dev.streetbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules between packages. Each was broken on purpose once, and failed. */
class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.streetbox");

  /** Packages that still hold a circle of classes. */
  private static final Set<String> EXEMPT = Set.of("cli", "config", "outbox");

  @Test
  void dataMovesOneWay() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("measure")
        .definedBy("..measure..")
        .layer("bus")
        .definedBy("..bus..")
        .layer("sound")
        .definedBy("..sound..")
        .layer("driver")
        .definedBy("..driver..")
        .layer("part")
        .definedBy("..part..")
        .layer("sample")
        .definedBy("..sample..")
        .layer("record")
        .definedBy("..record..")
        .layer("outbox")
        .definedBy("..outbox..")
        .layer("datadir")
        .definedBy("..datadir..")
        .layer("mqtt")
        .definedBy("..mqtt..")
        .layer("publish")
        .definedBy("..publish..")
        .layer("listen")
        .definedBy("..listen..")
        .layer("calibrate")
        .definedBy("..calibrate..")
        .layer("simulate")
        .definedBy("..simulate..")
        .layer("agent")
        .definedBy("..agent..")
        .layer("config")
        .definedBy("..config..")
        .layer("doctor")
        .definedBy("..doctor..")
        .layer("screen")
        .definedBy("..screen..")
        .layer("export")
        .definedBy("..export..")
        .layer("cli")
        .definedBy("..cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("export")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("screen")
        .mayOnlyBeAccessedByLayers("export", "cli")
        .whereLayer("doctor")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("agent")
        .mayOnlyBeAccessedByLayers("config", "doctor", "cli")
        .whereLayer("calibrate")
        .mayOnlyBeAccessedByLayers("agent", "config", "cli")
        .whereLayer("simulate")
        .mayOnlyBeAccessedByLayers("agent", "config", "cli")
        .whereLayer("listen")
        .mayOnlyBeAccessedByLayers("export", "cli")
        .whereLayer("publish")
        .mayOnlyBeAccessedByLayers("agent", "config", "doctor", "cli")
        .whereLayer("mqtt")
        .mayOnlyBeAccessedByLayers("publish", "listen", "agent", "config", "doctor", "cli")
        .whereLayer("outbox")
        .mayOnlyBeAccessedByLayers(
            "record",
            "publish",
            "calibrate",
            "agent",
            "config",
            "doctor",
            "screen",
            "export",
            "cli")
        .whereLayer("datadir")
        .mayOnlyBeAccessedByLayers("outbox", "record", "publish", "calibrate", "agent", "cli")
        .whereLayer("record")
        .mayOnlyBeAccessedByLayers("agent", "config", "doctor", "export", "cli")
        .whereLayer("sample")
        .mayOnlyBeAccessedByLayers("record", "agent", "config", "cli")
        .whereLayer("part")
        .mayOnlyBeAccessedByLayers("simulate", "agent", "config", "doctor", "cli")
        .whereLayer("sound")
        .mayOnlyBeAccessedByLayers("driver", "part", "agent", "config", "cli")
        .whereLayer("driver")
        .mayOnlyBeAccessedByLayers("part", "sample", "agent", "doctor", "cli")
        .check(CODE);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.streetbox.(*)..").should().beFreeOfCycles().check(CODE);
  }

  /** The simulated chips are written from the datasheets, and chosen by the parts' keys. */
  @Test
  void simulateDoesNotKnowTheDrivers() {
    noClasses()
        .that()
        .resideInAPackage("..simulate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.streetbox.driver..",
            "dev.streetbox.sample..",
            "dev.streetbox.agent..",
            "dev.streetbox.config..")
        .check(CODE);
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

  /** What asks which hardware is there would have to be changed with the configuration's words. */
  @Test
  void onlyHardwareComparesTheWordForSimulated() throws IOException {
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
    List<Set<String>> circles =
        new ClassCircles(CODE)
            .ofAtLeast(3).stream().filter(circle -> !isExempt(circle.iterator().next())).toList();
    assertEquals(List.of(), circles);
  }

  private static boolean isExempt(String name) {
    return EXEMPT.stream().anyMatch(folder -> name.startsWith("dev.streetbox." + folder + "."));
  }

  @Test
  void onlyBusAndSimulateKnowPi4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..bus..", "..simulate..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.pi4j..")
        .check(CODE);
  }

  @Test
  void onlyOutboxKnowsSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..outbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(CODE);
  }

  @Test
  void onlyMqttKnowsPaho() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..mqtt..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.paho..")
        .check(CODE);
  }

  @Test
  void mqttKnowsNoRow() {
    noClasses()
        .that()
        .resideInAPackage("..mqtt..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..measure..", "..record..", "..outbox..", "..publish..", "..listen..")
        .check(CODE);
  }

  @Test
  void listenKnowsNeitherTheOutboxNorHowBoxesPublish() {
    noClasses()
        .that()
        .resideInAPackage("..listen..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..outbox..", "..publish..", "..record..")
        .check(CODE);
  }

  @Test
  void onlyCliKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CODE);
  }

  @Test
  void onlyWatchKnowsTheTerminal() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.streetbox\\.screen\\.(Screen|LiveTerminal).*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(CODE);
  }

  @Test
  void onlyConfigKnowsToml() {
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
        .resideOutsideOfPackage("..cli..")
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
                "a thread is made", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ExecutorService.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executors.class)
        .check(CODE);
  }

  @Test
  void datadirKnowsNoOtherPackage() {
    knowsOnly("datadir").check(CODE);
  }

  @Test
  void outboxKnowsNeitherSensorsNorTheBroker() {
    knowsOnly("outbox", "dev.streetbox.measure", "dev.streetbox.datadir", "dev.streetbox.bus.Time")
        .check(CODE);
  }

  @Test
  void recordKnowsNoDriverNoStoreAndNoBroker() {
    knowsOnly(
            "record",
            "dev.streetbox.measure",
            "dev.streetbox.sample.Board",
            "dev.streetbox.bus.Time",
            "dev.streetbox.bus.Loopback",
            "dev.streetbox.datadir.Secret",
            "dev.streetbox.outbox.LastKnownTime",
            "dev.streetbox.outbox.Outbox")
        .check(CODE);
  }

  /** Of Streetbox, a package may use itself and what is named: packages, or classes. */
  private static ArchRule knowsOnly(String name, String... known) {
    return noClasses()
        .that()
        .resideInAPackage("dev.streetbox." + name)
        .should()
        .dependOnClassesThat(
            describe(
                "are none of " + List.of(known),
                used ->
                    used.getName().startsWith("dev.streetbox.")
                        && !used.getPackageName().equals("dev.streetbox." + name)
                        && Stream.of(known)
                            .noneMatch(
                                one ->
                                    used.getPackageName().equals(one)
                                        || used.getName().equals(one)
                                        || used.getName().startsWith(one + "$"))));
  }
}
