/** What takes no longer than this is not told of. */
const AFTER_MS = 1000;
const EVERY_MS = 500;

/** Passes a report on at most every half second, and none within the first second: news of progress, for people. */
export function throttle<T>(tell: (report: T) => void): (report: T) => void {
  let next = performance.now() + AFTER_MS;
  return (report) => {
    const now = performance.now();
    if (now < next) return;
    next = now + EVERY_MS;
    tell(report);
  };
}
