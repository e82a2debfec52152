package dev.streetbox.simulate;

import static java.util.Map.entry;

import dev.streetbox.part.SensorSettings;
import dev.streetbox.simulate.ChipFactory.AtConverter;
import dev.streetbox.simulate.ChipFactory.OnI2c;
import dev.streetbox.simulate.ChipFactory.OnSoundCard;
import dev.streetbox.simulate.ChipFactory.OnUart;
import dev.streetbox.simulate.MultiGasChip.Cell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;

/**
 * Lists the factory of each part's simulated form by the part's key in {@link
 * dev.streetbox.part.Catalogue}. A new part is one chip and one line here.
 */
final class ChipCatalogue {
  private static final Map<String, ChipFactory> FACTORIES =
      Map.ofEntries(
          onI2c(
              "sps30",
              (world, s, simulatedPart) -> new Sps30Chip(world.time(), world::at, simulatedPart)),
          onI2c(
              "sht4x",
              (world, s, simulatedPart) -> new Sht4xChip(world.time(), world::at, simulatedPart)),
          onI2c(
              "sht3x",
              (world, s, simulatedPart) -> new Sht3xChip(world.time(), world::at, simulatedPart)),
          onI2c(
              "bme280",
              (world, s, simulatedPart) -> new Bme280Chip(world.time(), world::at, simulatedPart)),
          onI2c(
              "sgp41",
              (world, s, simulatedPart) -> new Sgp41Chip(world.time(), world::at, simulatedPart)),
          onI2c(
              "sgp40",
              (world, s, simulatedPart) -> new Sgp40Chip(world.time(), world::at, simulatedPart)),
          onI2c("multigas", ChipCatalogue::multiGas),
          atConverter(
              "mics6814",
              (world, simulatedPart) -> new GasElements(world::at, simulatedPart).volts()),
          atConverter(
              "sen0232",
              (world, simulatedPart) ->
                  List.of(new AnalogSoundMeter(world.ride()::levelDba)::volts)),
          onI2c(
              "dnms",
              (world, s, simulatedPart) ->
                  new DnmsChip(world.time(), simulatedPart, levelDba(world))),
          onI2c(
              "pcbartists",
              (world, s, simulatedPart) ->
                  new PcbArtistsChip(world.time(), simulatedPart, levelDba(world))),
          onUart(
              "pms5003",
              (world, simulatedPart) -> new Pms5003Device(world::at, simulatedPart, world.seed())),
          onI2c(
              "pmsa003i",
              (world, s, simulatedPart) ->
                  new Pmsa003iChip(world.time(), world::at, simulatedPart, world.seed())),
          onI2c(
              "sen55",
              (world, s, simulatedPart) ->
                  new Sen55Chip("SEN55", world.time(), world::at, simulatedPart)),
          onUart("sds011", (world, simulatedPart) -> new Sds011Device(world::at, simulatedPart)),
          onSoundCard(
              "microphone",
              (world, simulatedPart) ->
                  new SimAudio(
                      world.time(),
                      simulatedPart,
                      levelDba(world),
                      new TrafficNoise(world.seed()))));

  private ChipCatalogue() {}

  /** Returns the keys of the parts that have a simulated form. */
  static Set<String> keys() {
    return new TreeSet<>(FACTORIES.keySet());
  }

  /**
   * Returns the factory of a part's simulated form.
   *
   * @throws IllegalArgumentException if the part has none
   */
  static ChipFactory of(String key) {
    if (!FACTORIES.containsKey(key)) {
      throw new IllegalArgumentException(
          "no simulated part '" + key + "' here; known: " + String.join(", ", keys()));
    }
    return FACTORIES.get(key);
  }

  /**
   * Makes a module whose checksum depends on its gas: sources disagree about the checksum of a real
   * module, so both rules are simulated.
   */
  private static Chip multiGas(World world, SensorSettings settings, SimulatedPart simulatedPart) {
    boolean h2s = settings.gas().orElseThrow().equals("h2s");
    return new MultiGasChip(
        world.time(), world::at, simulatedPart, h2s ? Cell.H2S : Cell.NH3, h2s ? 6 : 7);
  }

  private static LongToDoubleFunction levelDba(World world) {
    return world.ride()::levelDba;
  }

  private static Map.Entry<String, ChipFactory> onI2c(String key, OnI2c factory) {
    return entry(key, factory);
  }

  private static Map.Entry<String, ChipFactory> atConverter(String key, AtConverter factory) {
    return entry(key, factory);
  }

  private static Map.Entry<String, ChipFactory> onUart(String key, OnUart factory) {
    return entry(key, factory);
  }

  private static Map.Entry<String, ChipFactory> onSoundCard(String key, OnSoundCard factory) {
    return entry(key, factory);
  }
}
