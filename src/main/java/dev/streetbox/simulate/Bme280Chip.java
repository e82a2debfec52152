package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongFunction;

/**
 * Simulates a Bosch BME280 (BST-BME280-DS001 rev 1.23) with the calibration of a real one, as
 * recorded in periph/devices. The raw values are found by a binary search with the datasheet's
 * floating-point formulas.
 */
final class Bme280Chip implements Chip {
  private static final String CALIBRATION_88 =
      "106e6c6632005d95b8d5d00b771e9dfff9ffac260ad8bd10004b";
  private static final String CALIBRATION_E1 = "6e01001305001e";

  private static final int ID = 0xd0;
  private static final int RESET = 0xe0;
  private static final int CTRL_HUM = 0xf2;
  private static final int STATUS = 0xf3;
  private static final int CTRL_MEAS = 0xf4;
  private static final int CONFIG = 0xf5;
  private static final int DATA = 0xf7;
  private static final int BME280 = 0x60;
  private static final int BMP280 = 0x58;
  private static final int MEASURING = 8;
  private static final int COPYING = 1;
  private static final long START_UP_MS = 2; // table 1

  private final Time time;
  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;
  private final int[] registers = new int[256];
  private final byte[] low = HexFormat.of().parseHex(CALIBRATION_88);
  private final byte[] high = HexFormat.of().parseHex(CALIBRATION_E1);
  private int pointer;
  private int humidityOversampling;
  private long copiedMs;
  private long doneMs = Long.MAX_VALUE;

  /** Makes a part without power. */
  Bme280Chip(Time time, LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.time = time;
    this.world = world;
    this.simulatedPart = simulatedPart;
  }

  @Override
  public void powerUp(long tickMs) {
    Arrays.fill(registers, 0);
    registers[ID] = simulatedPart.has(InjectedFault.WRONG_PART) ? BMP280 : BME280;
    registers[STATUS] = COPYING;
    store(0x80000, 0x80000, 0x8000);
    humidityOversampling = 0;
    doneMs = Long.MAX_VALUE;
    copiedMs = tickMs + START_UP_MS;
  }

  /** Takes the register to be read next, or pairs of register and value (6.2.1). */
  @Override
  public void write(byte[] bytes) throws IOException {
    advance();
    if (bytes.length > 0) {
      pointer = Byte.toUnsignedInt(bytes[0]);
    }
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      set(Byte.toUnsignedInt(bytes[i]), Byte.toUnsignedInt(bytes[i + 1]));
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    advance();
    byte[] given = new byte[count];
    for (int i = 0; i < count; i++) {
      given[i] = (byte) registers[pointer];
      pointer = pointer + 1 & 0xff;
    }
    return given;
  }

  private void set(int register, int value) {
    switch (register) {
      case RESET -> {
        if (value == 0xb6) {
          powerUp(time.tickMs());
        }
      }
      case CTRL_HUM, CONFIG -> registers[register] = value;
      case CTRL_MEAS -> configure(value);
      default -> {}
    }
  }

  /** Applies the modes, and with them the setting of humidity (5.4.3); 01 and 10 measure once. */
  private void configure(int value) {
    registers[CTRL_MEAS] = value;
    humidityOversampling = oversampling(registers[CTRL_HUM]);
    if ((value & 3) != 0) {
      registers[STATUS] |= MEASURING;
      doneMs = time.tickMs() + measuringMs();
    }
  }

  /** Returns the typical measurement time (9.1), rounded up to ms. */
  private long measuringMs() {
    int temperature = oversampling(registers[CTRL_MEAS] >> 5);
    int pressure = oversampling(registers[CTRL_MEAS] >> 2);
    double ms = 1 + 2.0 * temperature;
    ms += pressure == 0 ? 0 : 2 * pressure + 0.5;
    ms += humidityOversampling == 0 ? 0 : 2 * humidityOversampling + 0.5;
    return (long) Math.ceil(ms);
  }

  private void advance() {
    if (registers[STATUS] == COPYING && time.tickMs() >= copiedMs) {
      registers[STATUS] = 0;
      copy(low, 0x88);
      copy(high, 0xe1);
    }
    if (time.tickMs() >= doneMs) {
      measure();
      boolean once = (registers[CTRL_MEAS] & 3) <= 2;
      registers[STATUS] &= once ? ~MEASURING : ~0;
      registers[CTRL_MEAS] &= once ? ~3 : ~0;
      doneMs = once ? Long.MAX_VALUE : time.tickMs() + measuringMs();
    }
  }

  private void copy(byte[] bytes, int at) {
    for (int i = 0; i < bytes.length; i++) {
      registers[at + i] = Byte.toUnsignedInt(bytes[i]);
    }
  }

  private void measure() {
    if (simulatedPart.has(InjectedFault.STUCK)) {
      return;
    }
    GroundTruth truth = world.apply(time.tickMs());
    double hpa = 1013.25 * Math.pow(1 - truth.place().altM() / 44_330, 5.255);
    int temperature = search(raw -> fine(raw) / 5120, truth.air().tempC(), 1 << 20);
    double fine = fine(temperature);
    int pressure = search(raw -> -pascal(raw, fine), -100 * hpa, 1 << 20);
    int humidity = search(raw -> percent(raw, fine), truth.air().rhPct(), 1 << 16);
    int osT = registers[CTRL_MEAS] >> 5;
    int osP = registers[CTRL_MEAS] >> 2;
    store(
        oversampling(osP) == 0 ? 0x80000 : resolved(pressure, osP),
        oversampling(osT) == 0 ? 0x80000 : resolved(temperature, osT),
        humidityOversampling == 0 || simulatedPart.has(InjectedFault.WRONG_PART)
            ? 0x8000
            : humidity);
  }

  /** Returns a raw value with 16 bits at oversampling 1, and one bit more per doubling (5.4.5). */
  private static int resolved(int raw, int setting) {
    int bits = Math.min(20, 15 + (setting & 7));
    return raw & (-1 << (20 - bits));
  }

  private void store(int pressure, int temperature, int humidity) {
    store20(pressure, DATA);
    store20(temperature, DATA + 3);
    registers[DATA + 6] = humidity >> 8;
    registers[DATA + 7] = humidity & 0xff;
  }

  private void store20(int value, int at) {
    registers[at] = value >> 12;
    registers[at + 1] = value >> 4 & 0xff;
    registers[at + 2] = value << 4 & 0xff;
  }

  private static int oversampling(int setting) {
    int code = Math.min(5, setting & 7);
    return code == 0 ? 0 : 1 << (code - 1);
  }

  /** Returns the smallest raw value below the end at which a rising formula reaches a value. */
  private static int search(IntToDoubleFunction formula, double wanted, int end) {
    int from = 0;
    int to = end - 1;
    while (from < to) {
      int middle = (from + to) / 2;
      if (formula.applyAsDouble(middle) < wanted) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  // The formulas of appendix A (8.1), in double.

  private double fine(int raw) {
    double x = raw / 16384.0 - t(0) / 1024;
    double y = raw / 131072.0 - t(0) / 8192;
    return x * t(1) + y * y * t(2);
  }

  private double pascal(int raw, double fine) {
    double var1 = fine / 2 - 64_000;
    double var2 = var1 * var1 * p(6) / 32_768 + var1 * p(5) * 2;
    var2 = var2 / 4 + p(4) * 65_536;
    var1 = (p(3) * var1 * var1 / 524_288 + p(2) * var1) / 524_288;
    var1 = (1 + var1 / 32_768) * p(1);
    double pressure = (1_048_576.0 - raw - var2 / 4096) * 6250 / var1;
    var1 = p(9) * pressure * pressure / 2_147_483_648.0;
    return pressure + (var1 + pressure * p(8) / 32_768 + p(7)) / 16;
  }

  private double percent(int raw, double fine) {
    double h4 = high[3] * 16 + (high[4] & 15);
    double h5 = high[5] * 16 + (high[4] >> 4 & 15);
    double h = fine - 76_800;
    double wet = raw - (h4 * 64 + h5 / 16_384 * h);
    double warm = 1 + high[6] / 67_108_864.0 * h * (1 + (high[2] & 0xff) / 67_108_864.0 * h);
    h = wet * (word(high, 0) / 65_536.0 * warm);
    return h * (1 - (low[25] & 0xff) * h / 524_288);
  }

  private double t(int index) {
    return index == 0 ? word(low, 0) & 0xffff : word(low, 2 * index);
  }

  private double p(int number) {
    int word = word(low, 4 + 2 * number);
    return number == 1 ? word & 0xffff : word;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at + 1] << 8) | Byte.toUnsignedInt(bytes[at]);
  }
}
