/**
 * Readings beside a reference, and what follows from them: the sensitivity of a microphone, the
 * line from a measured concentration to the station's, the judgement of a fit; and the file in the
 * data folder that keeps every revision of them. Rows and reference values come in, coefficients go
 * out; it knows no bus, no sensor and no broker.
 */
package dev.streetbox.calibrate;
