package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.KernelFiles;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.part.SensorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks that this user may use the devices of the configuration, and that its secrets are not
 * readable by all users.
 */
final class AccessCheck {
  private static final String ACCESS = "access";

  private final Config config;
  private final KernelFiles kernelFiles;
  private final String user;

  /**
   * Checks nothing yet.
   *
   * @param user the name of the user who runs the doctor, for the messages
   */
  AccessCheck(Config config, KernelFiles kernelFiles, String user) {
    this.config = config;
    this.kernelFiles = kernelFiles;
    this.user = user;
  }

  /** Checks every device that exists, then every file with a secret. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Set<String> devices = new TreeSet<>();
    config.sensors().stream()
        .flatMap(AccessCheck::device)
        .filter(device -> Files.exists(kernelFiles.path(device)))
        .forEach(devices::add);
    for (String device : devices) {
      Path path = kernelFiles.path(device);
      if (!(Files.isReadable(path) && Files.isWritable(path))) {
        findings.add(notPermitted(device, path));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.pass(
              ACCESS,
              devices.isEmpty()
                  ? "user %s: no device of the configuration exists".formatted(user)
                  : "user %s may use %s".formatted(user, String.join(", ", devices))));
    }
    secrets().forEach(file -> addIfWorldReadable(file, findings));
    return findings;
  }

  private static Stream<String> device(SensorSettings sensor) {
    return sensor.simulated() ? Stream.empty() : sensor.place().deviceFile().stream();
  }

  private Finding notPermitted(String device, Path path) {
    String group = group(path);
    return Finding.fail(
        ACCESS,
        "user %s may not use %s".formatted(user, device),
        "the device belongs to group " + group + ", in which the user is not",
        "sudo usermod -a -G %s %s; then log in again".formatted(group, user));
  }

  private static String group(Path path) {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
    } catch (IOException e) {
      return "i2c";
    }
  }

  private Stream<Path> secrets() {
    BrokerSettings broker = config.mqtt().broker();
    return Stream.of(broker.passwordFile(), broker.clientKeyFile())
        .filter(name -> !name.isEmpty())
        .map(Path::of);
  }

  private static void addIfWorldReadable(Path file, List<Finding> findings) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        findings.add(
            Finding.warn(
                ACCESS,
                file + " may be read by everybody",
                "the file was copied with the default permissions",
                "sudo chmod o= " + file));
      }
    } catch (IOException e) {
      // BrokerCheck reports a file that is missing or not readable by this user.
    }
  }
}
