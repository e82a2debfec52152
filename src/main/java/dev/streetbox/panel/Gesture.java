package dev.streetbox.panel;

/** Lists what a finger does with the button. */
public enum Gesture {
  PRESS,
  /** Two presses, of which the second begins within the window after the first. */
  DOUBLE_PRESS,
  /** The button is held down; recognised while it still is. */
  HOLD
}
