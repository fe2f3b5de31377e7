/** Points along the line that a weight is meant for, however many there really are. */
const REFERENCE_POINTS = 200;

/**
 * Exponential moving average along x, which starts from 0. `weight` (0 to below 1; 0 gives the values as they are) is what a point
 * keeps of the past a 200th of the line earlier, so that a line with a point for every step and one with a point every second look equally
 * smooth. The start-up bias is divided out (as Adam does for its moments), so that the first points are not pulled towards zero.
 * Values that are not finite are passed through and do not enter the average: one NaN would otherwise blank the rest.
 */
export function smooth(xs: readonly number[], ys: readonly number[], weight: number): number[] {
  const span = xs[xs.length - 1] ?? 0;
  if (weight <= 0 || !(span > 0)) return [...ys];
  const perUnit = (Math.log(Math.min(weight, 0.999)) * REFERENCE_POINTS) / span;
  let average = 0;
  let mass = 0;
  let before = 0;
  return ys.map((value, i) => {
    const x = xs[i] ?? before;
    if (!Number.isFinite(value)) return value;
    const kept = Math.exp(perUnit * Math.max(0, x - before));
    before = x;
    average = average * kept + value * (1 - kept);
    mass = mass * kept + (1 - kept);
    return mass > 0 ? average / mass : value;
  });
}
