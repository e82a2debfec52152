package dev.streetbox.sound;

import java.util.List;

/**
 * One unbroken run of a capture, in blocks of 100 ms. Its first second is never measured: a
 * microphone starts with a jump of 10 dB and more, the channel with the sound has to be found, the
 * filters have to forget the constant offset, and F has to settle. Used by one thread.
 */
public final class CaptureRun {
  /** What the frames just added have completed. */
  public enum Progress {
    /** Nothing, or nothing that is measured. */
    PART,
    /** A block: the level with F may be sampled. */
    BLOCK,
    /** A block that ends a second. */
    SECOND,
    /** A block in which nothing moved: the microphone is dead; begin anew. */
    NO_SIGNAL
  }

  private static final int BLOCKS_PER_SECOND = 10;

  /** The blocks after which the channel is chosen, then the filters have settled, then F. */
  private static final int CHOOSE_BLOCKS = 4;

  private static final int FILTER_BLOCKS = 6;
  private static final int SETTLE_BLOCKS = 10;

  private final List<Channel> channels = List.of(new Channel(0), new Channel(1));
  private final List<BiquadFilter> response;
  private final SoundMeter meter;
  private final double[] sound;
  private final int blockFrames;
  private int chosen;
  private int framesInBlock;
  private long blocks;

  /**
   * @param rateHz frames per second
   */
  public CaptureRun(int rateHz, MicrophoneSettings settings) {
    blockFrames = rateHz / BLOCKS_PER_SECOND;
    sound = new double[blockFrames];
    meter = new SoundMeter(rateHz, blockFrames);
    List<Biquad> sections = settings.corrected() ? settings.part().response() : List.of();
    response = sections.stream().map(BiquadFilter::new).toList();
  }

  /** How many frames are missing until the block is complete: never add more. */
  public int missingFrames() {
    return blockFrames - framesInBlock;
  }

  /** Hears the first frames of the words: left, right, left, right. */
  public Progress add(int[] words, int frames) {
    if (blocks < CHOOSE_BLOCKS) {
      channels.forEach(channel -> channel.add(words, frames));
    } else {
      channels.get(chosen).add(words, frames);
      channels.get(chosen).copy(words, frames, sound);
      response.forEach(biquad -> biquad.apply(sound, frames));
      meter.add(sound, frames);
    }
    framesInBlock += frames;
    if (framesInBlock < blockFrames) {
      return Progress.PART;
    }
    framesInBlock = 0;
    blocks++;
    return endBlock();
  }

  /** The level with time weighting F now, in dB relative to full scale. */
  public double fastDb() {
    return meter.fastDb();
  }

  /** The levels since the last call, in dB relative to full scale. */
  public SoundLevels take() {
    return meter.take();
  }

  /** The greatest raw sample since the last call, as a share of full scale. */
  public double takePeak() {
    return channels.get(chosen).takePeak();
  }

  private Progress endBlock() {
    if (blocks < CHOOSE_BLOCKS) {
      return Progress.PART;
    }
    if (blocks == CHOOSE_BLOCKS) {
      return chooseChannel() ? Progress.PART : Progress.NO_SIGNAL;
    }
    if (channels.get(chosen).takeVariation() == 0) {
      return Progress.NO_SIGNAL;
    }
    if (blocks == FILTER_BLOCKS) {
      take();
    }
    if (blocks == SETTLE_BLOCKS) {
      meter.settle();
      takePeak();
    }
    if (blocks <= SETTLE_BLOCKS) {
      return Progress.PART;
    }
    return blocks % BLOCKS_PER_SECOND == 0 ? Progress.SECOND : Progress.BLOCK;
  }

  /** Takes the channel that moved more: which one it is, the wiring rarely says right. */
  private boolean chooseChannel() {
    long left = channels.get(0).takeVariation();
    long right = channels.get(1).takeVariation();
    chosen = right > left ? 1 : 0;
    return left > 0 || right > 0;
  }
}
