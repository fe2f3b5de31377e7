import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostMethods } from '../../core/host/index.ts';
import type { Host } from '../../core/host/node.ts';
import { toldSchema } from '../../core/rpc/index.ts';
import { answerTo, startHost, temporaryFolder } from './harness.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;

beforeAll(async () => {
  folder = await temporaryFolder();
  host = await startHost(folder.path);
});
afterAll(async () => {
  await host.close();
  await folder.remove();
});

async function problemOf(message: string) {
  const reply = toldSchema.parse(JSON.parse(await answerTo(host, message)));
  if (!('ok' in reply) || reply.ok) throw new Error('The host accepted it.');
  return { id: reply.id, ...reply.problem };
}

it('answers any text at all with a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
      expect((await problemOf(text)).code).toBe('invalid-message');
    }),
    { numRuns: 300 },
  );
});

it('answers any JSON at all with a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 6 }), async (text) => {
      expect((await problemOf(text)).code).toBe('invalid-message');
    }),
    { numRuns: 300 },
  );
});

it('takes no wrong parameters for any method', async () => {
  const methods = Object.keys(hostMethods);
  // Values of every JSON kind, wrapped so that even methods without parameters see no object of theirs.
  const wrong = fc.oneof(
    fc.string(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.jsonValue()),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...methods), wrong, async (method, params) => {
      const problem = await problemOf(JSON.stringify({ id: 7, method, params }));
      expect(problem).toMatchObject({ id: 7, code: 'invalid-message' });
    }),
    { numRuns: 300 },
  );
});

it('takes no inherited names for methods', async () => {
  for (const method of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])
    expect((await problemOf(JSON.stringify({ id: 1, method, params: {} }))).message).toContain('there is no method');
});

it('survives a message nested a million deep', async () => {
  const depth = 1_000_000;
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const problem = await problemOf(`{"id":3,"method":"settings.set","params":{"theme":"dark","layout":{"a":${deep}}}}`);
  expect(problem.id).toBe(3);
});

it('says which request was too long', async () => {
  const text = `{"id":9,"method":"documents.save","params":{"path":"/tmp/x","text":"${'a'.repeat(151_000_000)}"}}`;
  expect(await problemOf(text)).toMatchObject({ id: 9, code: 'invalid-message' });
});

it('refuses run ids that are paths', async () => {
  for (const runId of ['../..', 'a/b', '..', 'a\\b', ''])
    expect((await problemOf(JSON.stringify({ id: 1, method: 'runs.delete', params: { runId } }))).code).toBe(
      'invalid-message',
    );
});
