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
    NO_SIGNAL,
    /**
     * A block ended in which both slots moved and differed, so that either may be the microphone;
     * the run is over.
     */
    TWO_SIGNALS
  }

  private static final int BLOCKS_PER_SECOND = 10;

  /** A slot this much (dB) below the part's own noise holds no microphone. */
  private static final double BELOW_FLOOR_DB = 10;

  /**
   * The blocks after which the channel is chosen; the two limits below are those after which the
   * filters and then F have settled.
   */
  private static final int CHOOSE_BLOCKS = 4;

  private static final int FILTER_BLOCKS = 6;
  private static final int SETTLE_BLOCKS = 10;

  private final List<Channel> channels;
  private final boolean named;
  private final List<BiquadFilter> response;
  private final SoundMeter meter;
  private final double[] sound;
  private final int blockFrames;
  private SoundBlock lastBlock = new SoundBlock(0, 0, 0);
  private int chosen;
  private long differences;
  private long compared;
  private int framesInBlock;
  private long blocks;

  /**
   * Starts a run.
   *
   * @param rateHz frames per second, a rate of {@link SoundMeter}
   */
  public CaptureRun(int rateHz, MicrophoneSettings settings) {
    blockFrames = rateHz / BLOCKS_PER_SECOND;
    double floorDbfs = settings.part().floorDb() - BELOW_FLOOR_DB - settings.offsetDb();
    double floorRms = Math.pow(10, floorDbfs / 20);
    channels = List.of(new Channel(0, floorRms), new Channel(1, floorRms));
    named = settings.slot().isPresent();
    chosen = settings.slot().map(Slot::ordinal).orElse(0);
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
    channels.get(chosen).add(samples, frames);
    if (!named) {
      channels.get(1 - chosen).add(samples, frames);
      countDifferences(samples, frames);
    }
    if (blocks >= CHOOSE_BLOCKS) {
      channels.get(chosen).copy(samples, frames, sound);
      response.forEach(biquad -> biquad.apply(sound, frames));
      meter.add(sound, frames);
    }
    framesInBlock += frames;
    if (framesInBlock < blockFrames) {
      return Progress.PART;
    }
    framesInBlock = 0;
    if (blocks >= CHOOSE_BLOCKS) {
      lastBlock = meter.endBlock();
    }
    blocks++;
    return endBlock();
  }

  /** Returns the present level with time weighting F, in dB relative to full scale. */
  public double fastDb() {
    return meter.fastDb();
  }

  /** Returns the last block that was measured. */
  SoundBlock lastBlock() {
    return lastBlock;
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
    boolean isChoice = blocks == CHOOSE_BLOCKS;
    if (!named && (isChoice || blocks % BLOCKS_PER_SECOND == 0)) {
      Progress judged = judgeSlots(isChoice);
      if (isChoice || judged != Progress.PART) {
        return judged;
      }
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

  private void countDifferences(int[] samples, int frames) {
    long different = 0;
    for (int i = 0; i < 2 * frames; i += 2) {
      different += samples[i] == samples[i + 1] ? 0 : 1;
    }
    differences += different;
    compared += frames;
  }

  /**
   * Judges what both slots did since the last call. Two that move and differ are those of an open
   * data line, or of two microphones; one microphone may be in both alike. The slot that alone
   * moves as a microphone does has to be the chosen one.
   */
  private Progress judgeSlots(boolean isChoice) {
    boolean[] moving = {channels.get(0).takeMoving(), channels.get(1).takeMoving()};
    boolean differ = 4 * differences > compared;
    differences = 0;
    compared = 0;
    if (moving[0] && moving[1]) {
      chosen = isChoice ? 0 : chosen;
      return differ ? Progress.TWO_SIGNALS : Progress.PART;
    }
    if (isChoice) {
      return chooseChannel(moving) ? Progress.PART : Progress.NO_SIGNAL;
    }
    return moving[1 - chosen] ? Progress.NO_SIGNAL : Progress.PART;
  }

  /**
   * Chooses the channel that moves, or else the one with the greater variation, because the wiring
   * often does not show which channel has the microphone; returns false if both are constant.
   */
  private boolean chooseChannel(boolean[] moving) {
    long left = channels.get(0).takeVariation();
    long right = channels.get(1).takeVariation();
    boolean isRight = moving[0] == moving[1] ? right > left : moving[1];
    chosen = isRight ? 1 : 0;
    return left > 0 || right > 0;
  }
}
