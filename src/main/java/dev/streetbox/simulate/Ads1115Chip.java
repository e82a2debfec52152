package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongToDoubleFunction;

/**
 * Simulates a Texas Instruments ADS1115 with signals at some inputs (ADS111x datasheet SBAS444D,
 * 9.6), or an ADS1015, whose registers are the same (ADS101x datasheet SBAS473E, 8.6).
 */
final class Ads1115Chip implements Chip {
  private static final int CONVERSION = 0;
  private static final int CONFIG = 1;
  private static final int LOW_THRESHOLD = 2;
  private static final int HIGH_THRESHOLD = 3;
  private static final int START = 0x8000; // table 8: OS, as written; as read: idle
  private static final int SINGLE_SHOT = 0x0100;

  /** Voltage of full scale by the PGA bits (table 8). */
  private static final double[] FULL_SCALE_V = {
    6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256
  };

  /** Lists the converters, which differ in resolution and data rates. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  enum Model {
    /** Sixteen bits. */
    ADS1115(0xffff, 8, 16, 32, 64, 128, 250, 475, 860),
    /** Twelve bits, left-justified. */
    ADS1015(0xfff0, 128, 250, 490, 920, 1600, 2400, 3300, 3300);

    private final int mask;
    private final List<Integer> ratesHz;

    /**
     * @param mask the bits of a code that the converter has
     * @param ratesHz table 8, DR: samples per second
     */
    Model(int mask, Integer... ratesHz) {
      this.mask = mask;
      this.ratesHz = List.of(ratesHz);
    }
  }

  /** Inputs that are compared by the MUX bits (table 8); 4 is ground. */
  private static final int[] POSITIVE = {0, 0, 1, 2, 0, 1, 2, 3};

  private static final int[] NEGATIVE = {1, 3, 3, 3, 4, 4, 4, 4};

  /** Conversion time by its nominal value; table 5 allows a data rate of ±10 %. */
  private static final double PERIOD_FACTOR = 1.07;

  private static final double WAKE_UP_MS = 0.025; // 9.4.2.1
  private static final double OPEN_INPUT_V = -0.001_4;

  private record Signal(SimulatedPart part, LongToDoubleFunction volts) {}

  private final Time time;
  private final Model model;
  private final Map<Integer, Signal> signals = new ConcurrentHashMap<>();
  private final int[] registers = new int[4];
  private int pointer;
  private int latched;
  private boolean converting;
  private double doneMs;

  /** Makes a converter whose inputs are open. */
  Ads1115Chip(Time time, Model model) {
    this.time = time;
    this.model = model;
  }

  /**
   * Connects a part to one input, in place of a part that was there.
   *
   * @param input 0 to 3
   * @param volts the part's voltage at a tick in ms, while it is plugged in
   * @return this chip
   */
  Ads1115Chip connect(int input, SimulatedPart simulatedPart, LongToDoubleFunction volts) {
    signals.put(input, new Signal(simulatedPart, volts));
    return this;
  }

  /** Returns whether the converter is of that model. */
  boolean is(Model other) {
    return model == other;
  }

  @Override
  public void powerUp(long tickMs) {
    registers[CONVERSION] = 0;
    registers[CONFIG] = 0x8583;
    registers[LOW_THRESHOLD] = 0x8000;
    registers[HIGH_THRESHOLD] = 0x7fff;
    pointer = CONVERSION;
    converting = false;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    advance();
    if (bytes.length > 0) {
      pointer = bytes[0] & 3;
    }
    if (bytes.length >= 3 && pointer != CONVERSION) {
      registers[pointer] = Byte.toUnsignedInt(bytes[1]) << 8 | Byte.toUnsignedInt(bytes[2]);
      if (pointer == CONFIG) {
        configure();
      }
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    advance();
    int value = registers[pointer];
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  /** Starts a conversion if asked to; a running one ends with its old settings (9.4.2.2). */
  private void configure() {
    boolean wanted = !has(SINGLE_SHOT) || has(START);
    registers[CONFIG] |= START;
    if (converting || wanted) {
      registers[CONFIG] &= ~START;
    }
    if (wanted && !converting) {
      converting = true;
      latched = registers[CONFIG];
      doneMs = time.tickMs() + WAKE_UP_MS + periodMs();
    }
  }

  /** Ends the conversion that is due, and in continuous mode those due after it. */
  private void advance() {
    // A tick is a whole millisecond; one that has begun counts as complete.
    double nowMs = time.tickMs() + 0.999;
    while (converting && doneMs <= nowMs) {
      if (!selectedHas(InjectedFault.STUCK)) {
        registers[CONVERSION] = convert((long) doneMs) & 0xffff;
      }
      converting = !has(SINGLE_SHOT);
      latched = registers[CONFIG];
      double missed = Math.max(0, Math.floor((nowMs - doneMs) / periodMs()) - 1);
      doneMs += periodMs() * (missed + 1);
    }
    if (!converting) {
      registers[CONFIG] |= START;
    }
  }

  private boolean has(int bit) {
    return (registers[CONFIG] & bit) != 0;
  }

  private double periodMs() {
    return 1_000.0 / model.ratesHz.get(latched >> 5 & 7) * PERIOD_FACTOR;
  }

  private int convert(long tickMs) {
    int mux = latched >> 12 & 7;
    double difference = input(POSITIVE[mux], tickMs) - input(NEGATIVE[mux], tickMs);
    double code = Math.rint(difference / FULL_SCALE_V[latched >> 9 & 7] * 32_768);
    double within =
        selectedHas(InjectedFault.CLIPPED) ? 32_767 : Math.max(-32_768, Math.min(32_767, code));
    return (int) within & (model.mask | ~0xffff);
  }

  private double input(int input, long tickMs) {
    if (input == 4) {
      return 0;
    }
    Signal signal = signals.get(input);
    boolean connected =
        signal != null && signal.part.plugged() && !signal.part.has(InjectedFault.OPEN_INPUT);
    return connected ? signal.volts.applyAsDouble(tickMs) : OPEN_INPUT_V;
  }

  /** Returns whether the part at the selected input has the fault. */
  private boolean selectedHas(InjectedFault fault) {
    Signal signal = signals.get(POSITIVE[latched >> 12 & 7]);
    return signal != null && signal.part.has(fault);
  }
}
