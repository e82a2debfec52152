package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers a request to send rows once more. Either the request is refused and changes nothing, or
 * each requested row is in exactly one of the lists.
 *
 * @param refusal why the request is refused, for a person; then the lists are empty
 * @param willSend rows that will be sent once more
 * @param waiting rows that the broker never acknowledged, so that they come by themselves
 * @param gone rows that cannot be sent, and why
 * @param never rows that were never made
 */
public record ResendAnswer(
    Optional<String> refusal,
    List<Range> willSend,
    List<Range> waiting,
    List<Gone> gone,
    List<Range> never) {
  /**
   * Names rows that cannot be sent.
   *
   * @param reason {@code retention}, {@code refused}, {@code lost}, or {@code dropped:} with a
   *     reason of the contract
   */
  public record Gone(Range rows, String reason) {}

  /** Copies the lists. */
  public ResendAnswer {
    willSend = List.copyOf(willSend);
    waiting = List.copyOf(waiting);
    gone = List.copyOf(gone);
    never = List.copyOf(never);
  }

  /** Makes the answer of a refused request. */
  static ResendAnswer refused(String words) {
    return new ResendAnswer(Optional.of(words), List.of(), List.of(), List.of(), List.of());
  }

  /** Returns the lists as the contract's result of {@code resend}; an empty list is left out. */
  public Map<String, Object> result() {
    Map<String, Object> result = new LinkedHashMap<>();
    put(result, "will_send", willSend.stream().map(ResendAnswer::pair).toList());
    put(result, "waiting", waiting.stream().map(ResendAnswer::pair).toList());
    put(
        result,
        "gone",
        gone.stream()
            .map(one -> List.<Object>of(one.rows().first(), one.rows().last(), one.reason()))
            .toList());
    put(result, "never", never.stream().map(ResendAnswer::pair).toList());
    return result;
  }

  private static void put(Map<String, Object> result, String key, List<List<Object>> ranges) {
    if (!ranges.isEmpty()) {
      result.put(key, ranges);
    }
  }

  private static List<Object> pair(Range rows) {
    return List.of(rows.first(), rows.last());
  }
}
