import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_DATA, serialiseDocument } from '../../../core/document/index.ts';
import { type HostMethod, hostMethods } from '../../../core/host/index.ts';
import { createHost, type Host } from '../../../core/host/node.ts';
import { toldSchema } from '../../../core/rpc/index.ts';
import { answerTo } from '../../host/harness.ts';
import { SMALL_TEMPLATES } from '../../smallTemplates.ts';
import { caseCount, cpuSince, type Draw, drawFrom, LIMIT_MS } from './draw.ts';
import { spoilJson, spoilText } from './spoil.ts';

const CASES = caseCount(5000);
let folder: string;
let host: Host;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-fuzz-'));
  await mkdir(join(folder, 'work'));
  const engineFile = resolve(import.meta.dirname, '../../../dist/engine.cjs');
  host = await createHost({ home: join(folder, 'home'), engineFile, kind: 'web', version: '0.0.0', openPath: null });
  for (const name of DESIGNS) await host.give(join(folder, 'work', name));
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the windows were given. */
const DESIGNS = ['a.loom', 'b.loom', 'gone/deep.loom'];

/** Left out: what installs, takes an engine away or measures for seconds would do so when the spoiling spares its one parameter. */
const LEFT_OUT: readonly HostMethod[] = ['engine.install', 'engine.uninstall', 'engine.test'];
const METHODS = (Object.keys(hostMethods) as HostMethod[]).filter((method) => !LEFT_OUT.includes(method));

/** Parameters that a window could send; the design has no data, so that nothing trains for long. */
function soundParams(draw: Draw): Record<string, unknown> {
  const template = draw.pick(SMALL_TEMPLATES).create();
  const document = { ...template, data: { ...template.data, source: { kind: 'none' } } };
  const path = join(folder, 'work', draw.pick([...DESIGNS, 'export', 'table.csv']));
  return {
    path,
    document,
    documentPath: draw.pick([null, path]),
    text: serialiseDocument(template),
    known: draw.pick([null, 'a'.repeat(64)]),
    replace: draw.chance(0.5),
    key: draw.pick(['window1', 'w']),
    name: draw.pick(['design', 'wasm']),
    theme: 'dark',
    layout: { left: 3 },
    what: 'design.open',
    folder: draw.pick([null, join(folder, 'work')]),
    dialog: 'none',
    settings: {
      ...DEFAULT_DATA,
      source: draw.pick([
        { kind: 'builtin', id: 'iris' },
        { kind: 'csv', path, columns: {}, missing: 'dropRow' },
        { kind: 'imageFolder', path },
      ]),
    },
    split: draw.pick([null, 'train', 'test']),
    offset: draw.below(200),
    count: 1 + draw.below(20),
    runId: draw.pick(['run', 'nothing-1']),
    weights: 'best',
    node: draw.pick([null, 'n1']),
    inputs: [[1, 2, 3, 4]],
    source: draw.pick([
      { kind: 'run', runId: 'run', weights: 'best' },
      { kind: 'document', document, documentPath: null },
    ]),
    format: draw.pick(['kerasCode', 'keras', 'tfjs', 'safetensors', 'onnx']),
  };
}

function spoiledMessage(seed: number): { method: HostMethod; message: string } {
  const draw = drawFrom(seed);
  const method = draw.pick(METHODS);
  // A copy: what is spoiled must not be what the next message is made of.
  const all = JSON.parse(JSON.stringify(soundParams(draw)));
  // Of the method's own parameters alone, mostly; what it does not know must not hurt.
  const asked = Object.keys(hostMethods[method].params.shape);
  const params = Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name) || draw.chance(0.02)));
  const request = { id: seed, method, params };
  for (let i = draw.below(4); i > 0; i--) spoilJson(draw.chance(0.9) ? params : request, draw);
  const message = JSON.stringify(request);
  return { method, message: draw.chance(0.1) ? spoilText(message, draw) : message };
}

it(`${CASES.toLocaleString('en')} spoiled requests: every one answered, by a result or in a sentence, none for long`, async () => {
  const before = (await readdir(folder)).sort();
  const codes = new Map<string, number>();
  let slowest = { ms: 0, seed: -1 };
  for (let seed = 0; seed < CASES; seed++) {
    const { method, message } = spoiledMessage(seed);
    if (seed % 100 === 0) await writeFile(join(folder, 'work', 'table.csv'), 'a,b,c\n1,2,x\n3,4,y\n5,6,x\n');
    const start = process.cpuUsage();
    const answer = await answerTo(host, message);
    const ms = cpuSince(start);
    if (ms > slowest.ms) slowest = { ms, seed };
    const reply = toldSchema.safeParse(JSON.parse(answer));
    if (!reply.success || !('ok' in reply.data))
      throw new Error(`request ${seed} (${method}): ${answer.slice(0, 300)}`);
    const code = reply.data.ok ? 'ok' : reply.data.problem.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (reply.data.ok) continue;
    expect(code, `request ${seed} (${method}): ${reply.data.problem.message}`).not.toBe('internal-error');
    expect(reply.data.problem.message.length, `request ${seed} (${method}): ${code}`).toBeLessThan(2000);
  }
  expect(host.activeRun).toBeNull();
  // Nothing was written but where it belongs.
  expect((await readdir(folder)).sort()).toEqual(before);
  expect(slowest.ms, `request ${slowest.seed}`).toBeLessThan(LIMIT_MS);
  for (const code of ['ok', 'invalid-message']) expect(codes.get(code) ?? 0).toBeGreaterThan(CASES / 50);
  console.info(
    `${CASES} requests: ${JSON.stringify(Object.fromEntries(codes))}; slowest ${slowest.ms.toFixed(0)} ms (${slowest.seed})`,
  );
});

it('a request nested 100,000 deep is refused in a sentence', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const message of [
    `{"id":1,"method":"settings.set","params":{"theme":"dark","layout":{"a":${deep}}}}`,
    `{"id":1,"method":"predict","params":{"runId":"run","weights":"best","inputs":[${deep}]}}`,
  ]) {
    const answer = JSON.parse(await answerTo(host, message));
    expect(answer).toMatchObject({ id: 1, ok: false, problem: { code: 'invalid-message' } });
  }
});
