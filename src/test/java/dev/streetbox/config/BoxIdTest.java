package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the three files that may hold a machine's number, below a root of the test's own. */
class BoxIdTest {
  private static final String DEVICE_TREE = "sys/firmware/devicetree/base/serial-number";
  private static final String CPUINFO = "proc/cpuinfo";
  private static final String MACHINE_ID = "etc/machine-id";

  @TempDir private Path root;

  @Test
  void aRaspberryPiIsNamedAfterTheSerialNumberOfItsDeviceTree() throws IOException {
    write(DEVICE_TREE, "10000000A1B2C3D4\0");
    write(MACHINE_ID, "0123456789abcdef0123456789abcdef\n");
    assertEquals(Optional.of("sb-a1b2c3d4"), BoxId.of(root));
  }

  @Test
  void anOlderKernelHasTheSerialNumberInCpuinfo() throws IOException {
    write(
        CPUINFO, "processor\t: 0\nRevision\t: a02082\nSerial\t\t: 00000000deadbeef\nModel\t: Pi\n");
    assertEquals(Optional.of("sb-deadbeef"), BoxId.of(root));
  }

  @Test
  void aMachineWithoutASerialNumberIsNamedAfterItsMachineId() throws IOException {
    write(CPUINFO, "processor\t: 0\nvendor_id\t: GenuineIntel\n");
    write(MACHINE_ID, "0123456789abcdef01234567fedcba98\n");
    assertEquals(Optional.of("sb-fedcba98"), BoxId.of(root));
  }

  @Test
  void aSerialNumberOfZerosIsNone() throws IOException {
    write(DEVICE_TREE, "0000000000000000\0");
    write(MACHINE_ID, "uninitialized\n");
    assertEquals(Optional.empty(), BoxId.of(root));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
