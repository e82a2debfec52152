package dev.streetbox.board;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.simulate.GroundTruth;
import dev.streetbox.simulate.Scenario;
import dev.streetbox.simulate.Simulation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Plays the wires of a virtual board: {@code java SimulatedWires PORT CONFIG... DEVICE=SOCKET...}
 *
 * <p>The parts of the configurations that are at i2c-0 and i2c-1 are behind the USB adapters at
 * PORT and PORT + 1, and each UART part is at the Unix socket that is given for its device. PORT +
 * 2 takes one line per connection: an event of a {@link Scenario} without its time, as {@code pm
 * unplug}, or {@code truth SECONDS}, which is answered with the least and the greatest true values
 * of the last seconds.
 */
final class SimulatedWires {
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final long RIDE_SEED = 1;

  private final SystemTime time = new SystemTime();
  private final List<Simulation> simulations = new ArrayList<>();
  private final List<SerialWire> serial = new ArrayList<>();

  private SimulatedWires(List<SensorSettings> sensors, List<String> sockets) {
    for (String bus : List.of("i2c-0", "i2c-1")) {
      Simulation simulation = new Simulation(time, RIDE_SEED, time.systemClock());
      sensors.stream().filter(sensor -> sensor.bus().equals(bus)).forEach(simulation::connect);
      simulations.add(simulation);
    }
    for (String each : sockets) {
      String[] wire = each.split("=", 2);
      Simulation simulation = new Simulation(time, RIDE_SEED, time.systemClock());
      sensors.stream()
          .filter(sensor -> sensor.place() instanceof PartPlace.Uart)
          .filter(sensor -> sensor.place().device().equals(wire[0]))
          .forEach(simulation::connect);
      simulations.add(simulation);
      serial.add(new SerialWire(simulation.uart(wire[0], 9_600), Path.of(wire[1])));
    }
  }

  /** Plays until the process is ended. */
  public static void main(String[] args) throws IOException, ConfigException {
    int port = Integer.parseInt(args[0]);
    List<SensorSettings> sensors = new ArrayList<>();
    List<String> sockets = new ArrayList<>();
    for (String arg : List.of(args).subList(1, args.length)) {
      if (arg.contains("=")) {
        sockets.add(arg);
      } else {
        Config config = ConfigFile.read(Path.of(arg), Path.of("/")).config();
        sensors.addAll(config.sensors());
      }
    }
    new SimulatedWires(sensors, sockets).play(port);
  }

  private void play(int port) throws IOException {
    for (int bus = 0; bus < 2; bus++) {
      Simulation simulation = simulations.get(bus);
      String name = "i2c-" + bus;
      ServerSocket server = new ServerSocket(port + bus, 4, InetAddress.getLoopbackAddress());
      UsbIpDevice device =
          new UsbIpDevice(new I2cTinyUsb(address -> simulation.i2c(name, address)));
      start(name, () -> connection(server, device::serve));
    }
    serial.forEach(wire -> start("serial", wire::carry));
    ServerSocket control = new ServerSocket(port + 2, 4, InetAddress.getLoopbackAddress());
    start("control", () -> connection(control, this::control));
    System.out.println("ready");
  }

  /** Plays one cycle of a wire, which ends with an exception when the other end goes. */
  private interface Cycle {
    void run() throws IOException;
  }

  /** Serves one accepted connection. */
  private interface Service {
    void serve(Socket connection) throws IOException;
  }

  private static void connection(ServerSocket server, Service service) throws IOException {
    try (Socket socket = server.accept()) {
      service.serve(socket);
    }
  }

  /** Starts a thread that repeats a cycle for ever; only the other end's absence ends a cycle. */
  private void start(String name, Cycle cycle) {
    Runnable forever =
        () -> {
          String last = "";
          while (true) {
            try {
              cycle.run();
            } catch (IOException e) {
              if (!last.equals(e.getMessage())) {
                System.out.println(name + ": " + e.getMessage());
              }
              last = String.valueOf(e.getMessage());
              pause();
            }
          }
        };
    new Thread(forever, name).start();
  }

  private void pause() {
    try {
      time.sleep(RETRY);
    } catch (IOException e) {
      throw new IllegalStateException("nobody interrupts these threads", e);
    }
  }

  private void control(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    String line = String.valueOf(lines.readLine());
    try {
      out.println(line.startsWith("truth ") ? truth(line.substring(6)) : applied(line));
    } catch (TextFormatException | IllegalArgumentException e) {
      out.println("refused: " + e.getMessage());
    }
  }

  /** Applies an event at once to the part, on whichever wire it is. */
  private String applied(String line) throws TextFormatException {
    Scenario scenario = Scenario.parse("at 0s " + line);
    IllegalArgumentException last = new IllegalArgumentException("no part");
    for (Simulation simulation : simulations) {
      try {
        simulation.play(scenario);
        return "done";
      } catch (IllegalArgumentException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Returns one line a quantity: key, least and greatest true value of the last seconds. */
  private String truth(String seconds) {
    return String.join(
        "\n",
        range("pm25_ugm3", seconds, at -> at.air().pm25Ugm3()),
        range("temp_c", seconds, at -> at.air().tempC()),
        range("rh_pct", seconds, at -> at.air().rhPct()),
        range("laeq_db", seconds, GroundTruth::levelDba));
  }

  private String range(String key, String seconds, ToDoubleFunction<GroundTruth> value) {
    long nowMs = time.tickMs();
    long firstMs = Math.max(0, nowMs - 1_000 * Long.parseLong(seconds));
    var ride = simulations.get(0).ride();
    double[] values =
        LongStream.rangeClosed(firstMs / 250, nowMs / 250)
            .mapToDouble(quarter -> value.applyAsDouble(ride.at(quarter * 250)))
            .sorted()
            .toArray();
    return String.format(Locale.ROOT, "%s %.2f %.2f", key, values[0], values[values.length - 1]);
  }
}
