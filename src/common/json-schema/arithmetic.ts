/** Farther from a whole number, a quotient is none; floating point is off by less. */
const TOLERANCE = 1e-8;

/** 4.02 is a multiple of .01, whatever floating point makes of it. */
export const isMultipleOf = (value: number, step: number): boolean => {
  const quotient = value / step;
  return Number.isFinite(quotient) ? Math.abs(Math.round(quotient) - quotient) < TOLERANCE : value % step === 0;
};
