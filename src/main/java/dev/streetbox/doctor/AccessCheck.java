package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
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

/** Whether this user may use the devices of the configuration, and nobody else read its secrets. */
final class AccessCheck {
  private static final String ACCESS = "access";

  private final Config config;
  private final KernelFiles kernelFiles;
  private final String user;

  /**
   * @param user who asks
   */
  AccessCheck(Config config, KernelFiles kernelFiles, String user) {
    this.config = config;
    this.kernelFiles = kernelFiles;
    this.user = user;
  }

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
        findings.add(denied(device, path));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.pass(
              ACCESS,
              devices.isEmpty()
                  ? "user %s: no device of the configuration is here".formatted(user)
                  : "user %s may use %s".formatted(user, String.join(", ", devices))));
    }
    secrets().forEach(file -> exposed(file, findings));
    return findings;
  }

  private static Stream<String> device(SensorSettings sensor) {
    return sensor.simulated() ? Stream.empty() : sensor.place().deviceFile().stream();
  }

  private Finding denied(String device, Path path) {
    String group = group(path);
    return Finding.fail(
        ACCESS,
        "user %s may not use %s".formatted(user, device),
        "the device belongs to group " + group + ", and the user does not",
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

  private static void exposed(Path file, List<Finding> findings) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        findings.add(
            Finding.warn(
                ACCESS,
                file + " may be read by everybody",
                "it was copied without a thought of who else logs in",
                "sudo chmod o= " + file));
      }
    } catch (IOException e) {
      // That it is missing or closed to this user is for the check of the broker to say.
    }
  }
}
