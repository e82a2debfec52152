package dev.streetbox.ingest;

/** Lists what an ingest does with messages of which any source is simulated. */
public enum SimulatedMessages {
  /** They are counted and not stored. */
  refuse,
  /** They are stored as others are. */
  store,
  /** They are stored, and messages of real boxes are left to another ingest. */
  only
}
