package dev.streetbox.sound;

import java.util.List;

/**
 * Measures one uninterrupted run of a capture in blocks of 100 ms. The first second is not
 * measured, because a microphone starts with a step of 10 dB or more, the channel with the
 * microphone has to be found, and the filters and time weighting F have to settle. Used by one
 * thread.
 */
public final class CaptureRun {
  /** Names the effect of the added frames. */
  public enum Progress {
    /** No block ended, or one that is not measured. */
    PART,
    /** A block ended: the level with F may be sampled. */
    BLOCK,
    /** A block ended, and with it a second. */
    SECOND,
    /**
     * A block ended in which all samples were equal: the microphone gives no signal, and the run is
     * over.
     */
    NO_SIGNAL
  }

  private static final int BLOCKS_PER_SECOND = 10;

  /**
   * The blocks after which the channel is chosen; the two limits below are those after which the
   * filters and then F have settled.
   */
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
   * Starts a run.
   *
   * @param rateHz frames per second, a rate of {@link SoundMeter}
   */
  public CaptureRun(int rateHz, MicrophoneSettings settings) {
    blockFrames = rateHz / BLOCKS_PER_SECOND;
    sound = new double[blockFrames];
    meter = new SoundMeter(rateHz, blockFrames);
    List<Biquad> sections = settings.corrected() ? settings.part().response() : List.of();
    response = sections.stream().map(BiquadFilter::new).toList();
  }

  /** Returns the number of frames until the block is complete, the most that {@link #add} takes. */
  public int missingFrames() {
    return blockFrames - framesInBlock;
  }

  /** Adds the first frames of the samples, in the order left, right, left, right. */
  public Progress add(int[] samples, int frames) {
    if (blocks < CHOOSE_BLOCKS) {
      channels.forEach(channel -> channel.add(samples, frames));
    } else {
      channels.get(chosen).add(samples, frames);
      channels.get(chosen).copy(samples, frames, sound);
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

  /** Returns the present level with time weighting F, in dB relative to full scale. */
  public double fastDb() {
    return meter.fastDb();
  }

  /** Returns the levels since the last call, in dB relative to full scale. */
  public SoundLevels take() {
    return meter.take();
  }

  /**
   * Returns the greatest magnitude of a raw sample since the last call, as a share of full scale.
   */
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

  /**
   * Chooses the channel with the greater variation, because the wiring often does not show which
   * channel has the microphone; returns false if both are constant.
   */
  private boolean chooseChannel() {
    long left = channels.get(0).takeVariation();
    long right = channels.get(1).takeVariation();
    chosen = right > left ? 1 : 0;
    return left > 0 || right > 0;
  }
}
