package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasIndexState.Learned;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistedGasIndexTest {
  private static final State STATE = new State(10_123.456f, 61.2345f);
  private static final long SERIAL = 0xBEEF_0000_1234L;
  private static final long NOON_MS = 1_795_420_800_000L;

  @TempDir private Path folder;
  private final Faults faults = new Faults();
  private ScriptedTime time = new ScriptedTime();
  private OptionalLong utcAtTick0 = OptionalLong.of(NOON_MS);

  @Test
  void aStateIsRestoredBitForBitWithItsAge() throws IOException {
    GasRig before = boot();
    before.keep(SERIAL, STATE);
    pass(2_000);
    before.close();
    GasRig after = bootAt(NOON_MS + 540_000);
    pass(10_000);
    assertEquals(Optional.of(new Learned(STATE, Duration.ofSeconds(550))), after.recall(SERIAL));
    assertEquals(List.of(), faults.list());
  }

  @Test
  void aStateWithoutATrustedTimeIsNotWritten() throws IOException {
    utcAtTick0 = OptionalLong.empty();
    GasRig before = boot();
    before.keep(SERIAL, STATE);
    before.close();
    assertFalse(Files.exists(file()));
  }

  @Test
  void aClockThatIsTrustedLaterDatesAStateKeptBefore() throws IOException {
    utcAtTick0 = OptionalLong.empty();
    GasRig before = boot();
    before.keep(SERIAL, STATE);
    before.cycle();
    pass(60_000);
    utcAtTick0 = OptionalLong.of(NOON_MS);
    before.cycle();
    GasRig after = bootAt(NOON_MS + 90_000);
    assertEquals(Duration.ofSeconds(90), after.recall(SERIAL).orElseThrow().age());
  }

  @Test
  void noStateIsRecalledUntilThisBootsClockIsTrusted() throws IOException {
    GasRig before = boot();
    before.keep(SERIAL, STATE);
    before.close();
    GasRig after = bootAt(NOON_MS);
    utcAtTick0 = OptionalLong.empty();
    assertEquals(Optional.empty(), after.recall(SERIAL));
    utcAtTick0 = OptionalLong.of(NOON_MS + 30_000);
    assertEquals(Duration.ofSeconds(30), after.recall(SERIAL).orElseThrow().age());
  }

  @Test
  void withinABootTheMonotonicClockGivesTheAge() throws IOException {
    utcAtTick0 = OptionalLong.empty();
    GasRig memory = boot();
    memory.keep(SERIAL, STATE);
    pass(45_000);
    assertEquals(Optional.of(new Learned(STATE, Duration.ofSeconds(45))), memory.recall(SERIAL));
  }

  @Test
  void aPartWithAnotherSerialNumberGetsNoState() throws IOException {
    GasRig before = boot();
    before.keep(SERIAL, STATE);
    before.close();
    assertEquals(Optional.empty(), before.recall(SERIAL + 1));
    assertEquals(Optional.empty(), bootAt(NOON_MS).recall(SERIAL + 1));
  }

  @Test
  void theCardIsWrittenEveryThreeMinutesAtMostAndOnlyIfSomethingIsNew() throws IOException {
    GasRig memory = boot();
    for (int second = 0; second < 180; second++) {
      memory.keep(SERIAL, STATE);
      pass(1_000);
    }
    assertFalse(Files.exists(file()), "keep() alone writes nothing");
    assertEquals(Duration.ofMinutes(3), memory.cycle());
    FileTime old = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file(), old);
    memory.cycle();
    memory.close();
    assertEquals(old, Files.getLastModifiedTime(file()));
  }

  @Test
  void theFileIsPrivateAndNoDraftIsLeft() throws IOException {
    GasRig memory = boot();
    memory.keep(SERIAL, STATE);
    memory.close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
    assertTrue(Files.size(file()) < 200);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"serial\":1,\"utc_ms\":2,\"mean\":3}",
        "{\"serial\":1,\"utc_ms\":2,\"mean\":\"NaN\",\"std\":50}",
        "{\"serial\":1,\"utc_ms\":2,\"mean\":-3,\"std\":50}",
        "{\"serial\":1,\"utc_ms\":2,\"mean\":3,\"std\":1e39}",
        "{\"serial\":1,\"utc_ms\":99999999999999999999,\"mean\":3,\"std\":50}",
        "\u0000\u0000\u0000"
      })
  void aDamagedFileIsAFaultAndAColdStart(String content) throws IOException {
    Files.writeString(file(), content);
    assertEquals(Optional.empty(), boot().recall(1));
    assertTrue(
        faults.list().get(0).text().contains("its learning restarts"), faults.list().toString());
  }

  @Test
  void aReadOnlyFolderIsAFaultThatIsClearedByTheNextWrite() throws IOException {
    GasRig memory = boot();
    memory.keep(SERIAL, STATE);
    Path moved = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-moved"));
    memory.cycle();
    assertTrue(faults.list().get(0).active());
    Files.move(moved, folder);
    memory.cycle();
    assertFalse(faults.list().get(0).active());
    assertTrue(Files.exists(file()));
  }

  private Path file() {
    return folder.resolve("gas-nose.json");
  }

  /** Holds a part's learned state and the duty that persists it. */
  private record GasRig(PersistedGasIndex index, PersistedState duty) {
    private void keep(long serial, State state) {
      index.save(serial, state);
    }

    private Optional<Learned> recall(long serial) {
      return index.load(serial);
    }

    private Duration cycle() {
      return duty.cycle();
    }

    private void close() {
      duty.close();
    }
  }

  private GasRig boot() {
    PersistedGasIndex index =
        new PersistedGasIndex(
            tickMs ->
                utcAtTick0.isEmpty()
                    ? utcAtTick0
                    : OptionalLong.of(utcAtTick0.getAsLong() + tickMs),
            time);
    Duration every = PersistedGasIndex.WRITE_EVERY;
    GasRig memory = new GasRig(index, new PersistedState(file(), every, index, time, faults));
    memory.cycle();
    return memory;
  }

  private GasRig bootAt(long utcMs) {
    time = new ScriptedTime();
    utcAtTick0 = OptionalLong.of(utcMs);
    return boot();
  }

  private void pass(long ms) {
    time.pass(Duration.ofMillis(ms));
  }
}
