/** A queue of one: each work starts once the one before has ended, however it ended; not at all where its signal is aborted by then. */
export function mutex(): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work, signal) => {
    const turn = () => {
      signal?.throwIfAborted();
      return work();
    };
    const next = last.then(turn, turn);
    last = next.catch(() => undefined);
    return next;
  };
}
