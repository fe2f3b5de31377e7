/**
 * Exponential moving average with the start-up bias divided out (as Adam does for its moments), so that the first points are not
 * pulled towards zero. `weight` 0 returns the values as they are; it must be below 1. Values that are not finite are passed
 * through and do not enter the average: one NaN would otherwise blank the rest of the curve.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (weight <= 0) return [...values];
  const kept = Math.min(weight, 0.999);
  let average = 0;
  let mass = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = average * kept + value * (1 - kept);
    mass = mass * kept + (1 - kept);
    return average / mass;
  });
}
