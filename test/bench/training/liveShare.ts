import { type Profiler, Session } from 'node:inspector';

/** What a training's process did with its time on the wall, in ms. Threads beside the JavaScript one are not seen. */
export interface Shares {
  /** Steps, validation, reading of measured values. */
  readonly training: number;
  /** Curves, record, event file, checkpoints: everything else that the session does. */
  readonly live: number;
  /** Nothing to do: the loop waits for a write, or for the device. */
  readonly idle: number;
  readonly garbage: number;
}

/** Outermost in the stack, these say whose time it is. */
const DECISIVE: ReadonlyMap<string, keyof Shares | null> = new Map([
  ['(idle)', 'idle'],
  ['(garbage collector)', 'garbage'],
  ['(program)', null],
  ...['step', 'validate', 'orderOfEpoch', 'keepBest'].map((name) => [name, 'training'] as const),
  ...['points', 'saveWhenDue', 'beginSave', 'save', 'snapshot', 'takeBest'].map((name) => [name, 'live'] as const),
  // Before the first step and after the last; the profiler itself.
  ...['start', 'prepare', 'create', 'post', 'dispose'].map((name) => [name, null] as const),
]);
/** Where none of those is, these make it the training loop's own time; the rest belongs to the session and its files. */
const LOOP = new Set(['loop', 'read', 'endEpoch', 'yieldToEventLoop', 'processImmediate']);

/** Watches `work` with V8's sampling profiler, and says which share of the time each part of it took. */
export async function liveShare(work: () => Promise<unknown>): Promise<Shares> {
  const session = new Session();
  session.connect();
  const post = (method: string, params?: object) =>
    new Promise<unknown>((resolve, reject) =>
      session.post(method, params, (error, result) => (error ? reject(error) : resolve(result))),
    );
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: 250 });
  await post('Profiler.start');
  await work();
  const { profile } = (await post('Profiler.stop')) as { profile: Profiler.Profile };
  session.disconnect();
  return sumOf(profile);
}

function sumOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Shares {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const names = new Map(nodes.map((node) => [node.id, node.callFrame.functionName] as const));
  const kinds = new Map<number, keyof Shares | null>();
  const kindOf = (id: number): keyof Shares | null => {
    const known = kinds.get(id);
    if (known !== undefined) return known;
    const stack: string[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.unshift(names.get(at) ?? '');
    const decides = stack.find((name) => DECISIVE.has(name));
    const kind =
      decides !== undefined
        ? (DECISIVE.get(decides) ?? null)
        : stack.some((name) => LOOP.has(name))
          ? 'training'
          : 'live';
    kinds.set(id, kind);
    return kind;
  };
  const sums = { training: 0, live: 0, idle: 0, garbage: 0 };
  samples.forEach((id, i) => {
    const kind = kindOf(id);
    if (kind) sums[kind] += (timeDeltas[i] ?? 0) / 1000;
  });
  return sums;
}
