/** Lets the event loop run, so that messages (pause, stop, other requests) are seen. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
