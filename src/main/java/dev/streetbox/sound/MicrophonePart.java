package dev.streetbox.sound;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Describes a microphone's type by its datasheet.
 *
 * @param key the name in the configuration
 * @param sensitivityDbfs the output at 94 dB SPL and 1 kHz, where 0 dBFS is a sine of full scale
 * @param floorDb the self-generated noise, A-weighted, in dB
 * @param overloadShare the share of full scale above which the microphone overloads, above 0 and up
 *     to 1
 * @param response biquads that correct the microphone's frequency response at 48 kHz, 0 dB at 1
 *     kHz; used if {@code corrected} is set in {@link MicrophoneSettings}
 */
public record MicrophonePart(
    String key,
    double sensitivityDbfs,
    double floorDb,
    double overloadShare,
    List<Biquad> response) {

  private static final double NEARLY_FULL = 0.9;

  // The biquads were fitted to the corrections in common use for each type, within 0.08 dB from
  // 20 Hz to 20 kHz; they raise low frequencies, which the microphone's high pass attenuates.

  /** TDK INMP441 (DS-INMP441-00): 33 dB(A), full scale at 120 dB SPL; −3 dB at 60 Hz. */
  public static final MicrophonePart INMP441 =
      new MicrophonePart(
          "inmp441",
          -26,
          33,
          NEARLY_FULL,
          List.of(
              new Biquad(
                  1.0016866521352,
                  -1.99240891682374,
                  0.990744487179202,
                  -1.99688694710926,
                  0.996892343354933)));

  /** TDK ICS-43434 (DS-000069): ±1 dB; overload from 116 dB SPL; resonance above 20 kHz. */
  public static final MicrophonePart ICS43434 =
      new MicrophonePart(
          "ics43434",
          -26,
          29,
          0.63,
          List.of(
              new Biquad(
                  1.00196465846121,
                  -1.9944476481114,
                  0.992499599001098,
                  -1.99798297655129,
                  0.997987032671178),
              new Biquad(
                  0.47783239887991,
                  0.31135021706671,
                  -0.0279149015863354,
                  -0.293018761113797,
                  0.0521770105113109)));

  /** Knowles SPH0645LM4H: 18 bits, left-justified in 32, with a large constant offset. */
  public static final MicrophonePart SPH0645 =
      new MicrophonePart(
          "sph0645",
          -26,
          29,
          NEARLY_FULL,
          List.of(
              new Biquad(
                  1.00129439323098,
                  -1.98797026742885,
                  0.986731351875881,
                  -1.99036856773844,
                  0.99038422027873)));

  /**
   * @throws IllegalArgumentException if the overload share is not above 0 and up to 1
   */
  public MicrophonePart {
    if (!(overloadShare > 0 && overloadShare <= 1)) {
      throw new IllegalArgumentException("overload share " + overloadShare);
    }
    response = List.copyOf(response);
  }

  /** Returns the known types' names in the configuration. */
  public static List<String> keys() {
    return known().map(MicrophonePart::key).toList();
  }

  /** Returns the known type of that name in the configuration, if there is one. */
  public static Optional<MicrophonePart> of(String key) {
    return known().filter(part -> part.key().equals(key)).findFirst();
  }

  private static Stream<MicrophonePart> known() {
    return Stream.of(ICS43434, INMP441, SPH0645);
  }
}
