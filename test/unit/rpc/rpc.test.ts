import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ProblemError } from '../../../core/errors.ts';
import { createAnswerer, createCaller, type Handlers, toldSchema } from '../../../core/rpc/index.ts';

const methods = {
  double: { params: z.object({ number: z.number() }), result: z.object({ doubled: z.number() }) },
  count: { params: z.object({ to: z.number() }), result: z.object({}), progress: z.object({ at: z.number() }) },
  wait: { params: z.object({}), result: z.object({}) },
  write: { params: z.object({}), result: z.object({}), detached: true },
} as const;
const peer = { name: 'The other side', advice: 'Start both again.' };

/** Resolves only when the signal is aborted, with its reason, as work does that looks at it. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const usual: Handlers<typeof methods> = {
  double: ({ number }) => ({ doubled: 2 * number }),
  count: ({ to }, { onProgress }) => {
    for (let at = 1; at <= to; at++) onProgress({ at });
    return {};
  },
  wait: (_, { signal }) => untilAborted(signal),
  write: (_, { signal }) => untilAborted(signal),
};

/** Both ends with a wire between them that carries JSON, as real ones do. */
function connected(handlers: Partial<Handlers<typeof methods>> = {}) {
  const answerer = createAnswerer({ methods, handlers: { ...usual, ...handlers }, self: peer });
  const said: unknown[] = [];
  const connection = answerer.connect((message) => {
    said.push(message);
    caller.receive(JSON.parse(JSON.stringify(message)));
  });
  const caller = createCaller({
    methods,
    events: z.object({ tick: z.number() }),
    peer,
    send: (message) => connection.receive(JSON.parse(JSON.stringify(message))),
  });
  return { answerer, connection, caller, said };
}

/** A request has been checked by then, and its handler called. */
const handlersBegun = () => new Promise((done) => setTimeout(done));

const code = (expected: string) => ({ problem: expect.objectContaining({ code: expected }) });

test('answers each request with its own result', async () => {
  const { caller } = connected();
  const results = await Promise.all([1, 2, 3].map((number) => caller.call('double', { number })));
  expect(results).toEqual([{ doubled: 2 }, { doubled: 4 }, { doubled: 6 }]);
});

test('a problem arrives as it was thrown, anything else as a sentence', async () => {
  const { caller } = connected({
    double: () => {
      throw new ProblemError({ code: 'odd', title: 'Odd', message: 'It is odd.', facts: { number: 3 } });
    },
    wait: () => {
      throw new Error('words of a library');
    },
  });
  await expect(caller.call('double', { number: 3 })).rejects.toMatchObject({
    problem: { code: 'odd', severity: 'error', message: 'It is odd.', facts: { number: 3 } },
  });
  await expect(caller.call('wait', {})).rejects.toMatchObject({
    problem: { code: 'internal-error', details: 'words of a library' },
  });
});

test('tells whoever asked how far it is, and nobody else', async () => {
  const { caller } = connected();
  const seen: number[] = [];
  await Promise.all([
    caller.call('count', { to: 3 }, { onProgress: ({ at }) => seen.push(at) }),
    caller.call('count', { to: 2 }),
  ]);
  expect(seen).toEqual([1, 2, 3]);
});

test('says nothing of a request that has been answered', async () => {
  let late: (progress: { at: number }) => void = () => undefined;
  const { caller, said } = connected({
    count: (_, { onProgress }) => {
      late = onProgress;
      return {};
    },
  });
  await caller.call('count', { to: 1 });
  late({ at: 9 });
  expect(said).toHaveLength(1);
});

test('a cancel reaches the work of its own request alone, which then ends as cancelled', async () => {
  const { caller } = connected();
  const [first, second] = [new AbortController(), new AbortController()];
  const other = caller.call('wait', {}, { signal: second.signal });
  const mine = caller.call('wait', {}, { signal: first.signal });
  const settled = vi.fn();
  other.catch(settled);
  first.abort();
  await expect(mine).rejects.toMatchObject(code('cancelled'));
  expect(settled).not.toHaveBeenCalled();
  second.abort();
  await expect(other).rejects.toMatchObject(code('cancelled'));
});

test('a cancelled request settles when its work has ended, with what has become of it', async () => {
  const { caller } = connected({
    // Does not look at the signal, or is past the point where it could stop.
    wait: async (_, { signal }) => {
      await untilAborted(signal).catch(() => undefined);
      return {};
    },
    double: async (_, { signal }) => {
      await untilAborted(signal).catch(() => undefined);
      throw new DOMException('words of the platform', 'AbortError');
    },
  });
  const controller = new AbortController();
  const whole = caller.call('wait', {}, { signal: controller.signal });
  const broken = caller.call('double', { number: 1 }, { signal: controller.signal });
  await handlersBegun();
  controller.abort();
  await expect(whole).resolves.toEqual({});
  await expect(broken).rejects.toMatchObject(code('cancelled'));
  // What is cancelled beforehand is not even asked.
  await expect(caller.call('wait', {}, { signal: controller.signal })).rejects.toMatchObject(code('cancelled'));
});

test('when the answering side is lost, everything pending is rejected, and later answers are dropped', async () => {
  const { caller } = connected();
  const pending = [caller.call('wait', {}), caller.call('write', {})];
  const lost = (method: string) => ({ code: 'lost', severity: 'error' as const, title: 'Lost', message: method });
  caller.lose(lost);
  for (const [i, message] of ['wait', 'write'].entries())
    await expect(pending[i]).rejects.toMatchObject({ problem: { code: 'lost', message } });
  caller.receive({ id: 1, ok: true, result: {} });
});

test('when the asking side is gone, its work ends, but for what is detached', async () => {
  const signals: Record<string, AbortSignal> = {};
  const note =
    (name: string) =>
    (_: object, { signal }: { signal: AbortSignal }) => {
      signals[name] = signal;
      return untilAborted(signal);
    };
  const { caller, connection, answerer, said } = connected({ wait: note('wait'), write: note('write') });
  caller.call('wait', {}).catch(() => undefined);
  caller.call('write', {}).catch(() => undefined);
  await vi.waitFor(() => expect(Object.keys(signals)).toHaveLength(2));
  connection.close();
  expect(signals.wait?.aborted).toBe(true);
  expect(signals.write?.aborted).toBe(false);
  await Promise.race([answerer.idle(), new Promise((done) => setTimeout(done, 20))]);
  expect(said).toEqual([]);
});

test('parameters and results that do not fit the schema are refused in sentences', async () => {
  const { caller, connection, said } = connected({ double: () => ({ doubled: Number.NaN }) });
  await expect(caller.call('double', { number: 1 })).rejects.toMatchObject(code('unexpected-reply'));
  connection.receive({ id: 5, method: 'double', params: { number: 'one' } });
  await vi.waitFor(() => expect(said).toHaveLength(2));
  expect(said[1]).toMatchObject({
    id: 5,
    problem: { code: 'invalid-message', message: expect.stringMatching(/^The other side did not.*number.*Start both/) },
  });
});

test('events go to all listeners, until they stop listening; those that do not fit go to nobody', () => {
  const { caller } = connected();
  const seen: number[] = [];
  const stop = caller.onEvent(({ tick }) => seen.push(tick));
  caller.receive({ event: { tick: 1 } });
  caller.receive({ event: { tick: 'two' } });
  stop();
  caller.receive({ event: { tick: 3 } });
  expect(seen).toEqual([1]);
});

test('neither end throws at any message, and the answering one answers each, but for cancels', async () => {
  const message = fc.oneof(
    fc.jsonValue(),
    fc.record({ id: fc.integer(), method: fc.string(), params: fc.jsonValue() }, { requiredKeys: [] }),
    fc.record({ id: fc.integer(), progress: fc.jsonValue(), ok: fc.boolean() }, { requiredKeys: ['id'] }),
    fc.constantFrom('__proto__', 'constructor', 'toString').map((method) => ({ id: 1, method, params: {} })),
  );
  await fc.assert(
    fc.asyncProperty(message, async (value) => {
      const { caller, connection, answerer, said } = connected();
      caller.receive(value);
      connection.receive(value);
      await answerer.idle();
      expect(said).toHaveLength(1);
      expect(toldSchema.parse(said[0])).toMatchObject({ ok: false, problem: { code: 'invalid-message' } });
    }),
    { numRuns: 300 },
  );
});
