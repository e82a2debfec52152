/**
 * The catalogue of the parts that this version drives: one entry a part.
 *
 * <p>A configured part and the ports of its hardware enter; its driver leaves. It must not know the
 * configuration file, the agent, or whether the hardware is simulated.
 */
package dev.streetbox.part;
