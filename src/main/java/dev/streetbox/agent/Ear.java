package dev.streetbox.agent;

import dev.streetbox.agent.Config.SensorSettings;
import dev.streetbox.bus.ArecordPort;
import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.Time;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.driver.Microphone;
import dev.streetbox.simulate.Simulation;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.util.Optional;
import java.util.OptionalDouble;

/** A configured microphone on its sound card: within an agent, or alone to be calibrated. */
public final class Ear {
  private Ear() {}

  /** The microphone alone, not started, as its data sheet has it. */
  public static Microphone alone(Config config, SensorSettings settings, Time time) {
    long seed = config.simulation().seed();
    return open(settings, Optional.empty(), new Simulation(time, seed, time.systemClock()), time);
  }

  /** Opens nothing yet; the sensitivity is chosen by {@link MicrophoneSettings#corrected}. */
  static Microphone open(
      SensorSettings settings, Optional<Revision> calibration, Simulation simulation, Time time) {
    MicrophonePart part = MicrophonePart.of(settings.capture().part()).orElseThrow();
    OptionalDouble calibrated =
        calibration
            .map(known -> known.sensitivity(settings.name(), part.key()))
            .orElse(OptionalDouble.empty());
    MicrophoneSettings unit =
        MicrophoneSettings.corrected(part, calibrated, settings.capture().sensitivityDbfs());
    AudioPort port =
        settings.bus().equals("sim")
            ? simulation.audio()
            : new ArecordPort(settings.capture().device(), time);
    return new Microphone(port, time, unit);
  }
}
