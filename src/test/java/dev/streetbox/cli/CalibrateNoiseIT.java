package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.calibrate.Sensitivity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the installed program with a script instead of {@code arecord} that writes a sound. */
class CalibrateNoiseIT {
  private static final int RATE_HZ = 48_000;
  private static final int SECONDS = 22;

  @TempDir private Path folder;
  private Path data;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    data = folder.resolve("data");
    config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-0042"
            data_dir = "%s"
            [[sensor]]
            driver = "microphone"
            name = "noise"
            part = "inmp441"
            device = "hw:0,0"
            """
                .formatted(data));
    Path script = folder.resolve("arecord");
    Files.writeString(script, "#!/bin/sh\ncat '" + folder + "/sound'\nexec sleep 60\n");
    assertTrue(script.toFile().setExecutable(true));
  }

  /** Writes 22 s of 32-bit stereo samples with the sound on the left channel. */
  private void play(IntToDoubleFunction sound) throws IOException {
    ByteBuffer words = ByteBuffer.allocate(8 * SECONDS * RATE_HZ).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < SECONDS * RATE_HZ; n++) {
      words.putInt((int) (sound.applyAsDouble(n) * 0x1p31)).putInt(0);
    }
    Files.write(folder.resolve("sound"), words.array());
  }

  private ChildProcess calibrate() throws IOException {
    return ChildProcess.start(
        folder,
        Program.ENV,
        "PATH=" + folder + ":" + System.getenv("PATH"),
        Program.STREETBOX.executable(),
        "calibrate",
        "noise",
        "--by",
        "Li Na",
        "--config",
        config.toString());
  }

  @Test
  void aCalibratorsToneBecomesTheSensitivityOfTheNextStart() throws IOException {
    // −27.5 dBFS at 94 dB: a sine of that peak, relative to full scale.
    double peak = Math.pow(10, -27.5 / 20);
    play(n -> peak * Math.sin(2 * Math.PI * 1000 * n / RATE_HZ));
    try (ChildProcess program = calibrate()) {
      assertEquals(ExitCode.DONE, program.await(60), program.errors());
      Revision made = Calibrations.read(data).newest().orElseThrow();
      Sensitivity microphone = made.microphones().get(0);
      assertEquals(-27.5, microphone.dbfs(), 0.011);
      assertEquals(new Sensitivity("noise", "inmp441", microphone.dbfs(), 94), microphone);
      assertEquals("Li Na", made.by());
      assertEquals(1, made.fromBoot());
      assertTrue(program.lines().get(0).contains("-27.50 dBFS"), program.lines().toString());
      assertTrue(program.lines().get(1).contains(made.id()), program.lines().toString());
    }
  }

  @Test
  void aWrongFrequencyIsNamedAndNothingIsChanged() throws IOException {
    play(n -> 0.04 * Math.sin(2 * Math.PI * 250 * n / RATE_HZ));
    try (ChildProcess program = calibrate()) {
      assertEquals(ExitCode.EXTERNAL_ERROR, program.await(60));
      assertTrue(program.errors().contains("about 250 Hz"), program.errors());
      assertTrue(program.errors().contains("Nothing was changed"), program.errors());
      assertEquals(Calibrations.NONE, Calibrations.read(data));
    }
  }
}
