/** Follows hazard reports from the press of the button to the city's answer. */
package dev.streetbox.report;
