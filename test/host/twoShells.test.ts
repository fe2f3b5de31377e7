import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { serialiseDocument } from '../../core/document/index.ts';
import type { RunRecord } from '../../core/runs/index.ts';
import { ROOT } from './commandLine.ts';
import { connectTo, engineFile, irisDesign, nextEvent, startHost, temporaryFolder } from './harness.ts';

// Real processes on one data folder: what two of them want of one run, exactly one gets.

let built: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  built = await temporaryFolder();
  await build({
    entryPoints: [join(import.meta.dirname, 'shellProgram.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(built.path, 'shell.mjs'),
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
});
afterAll(() => built.remove());
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await folder.remove();
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

interface Reply {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly problem?: { readonly code: string; readonly message: string };
}

/** A shell in a process of its own. */
async function shell() {
  const child = spawn(process.execPath, [join(built.path, 'shell.mjs'), folder.path, engineFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const replies = new Map<number, (reply: Reply) => void>();
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { id?: number; event?: { type: string } } & Reply;
      if (message.event?.type === 'ready') resolve();
      if (message.id !== undefined) replies.get(message.id)?.(message);
    });
  });
  await ready;
  let id = 0;
  return {
    child,
    call: (method: string, params: object) =>
      new Promise<Reply>((resolve) => {
        id += 1;
        replies.set(id, resolve);
        child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
      }),
  };
}

/** The command line at its training, which says so. */
async function commandLine(epochs: number) {
  const design = join(folder.path, 'iris.loom');
  await writeFile(design, serialiseDocument(irisDesign(epochs)));
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.cjs'), 'train', design, '--json'], {
    env: { ...process.env, LAYERLOOM_HOME: folder.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const runId = await new Promise<string>((resolve) => {
    let run = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as { type: string; run?: string };
      if (event.type === 'start') run = event.run ?? '';
      if (event.type === 'metrics') resolve(run);
    });
  });
  return { child, runId };
}

it('a run that the command line trains is shown so, and neither resumed, stopped, nor deleted; killed, it is free at once', async () => {
  const trained = await commandLine(1_000_000);
  const host = await startHost(folder.path);
  const window = connectTo(host);
  try {
    const who = `the command line (process ${trained.child.pid})`;
    const [shown] = await window.call('runs.list', {});
    expect(shown).toMatchObject({ id: trained.runId, status: 'running', elsewhere: who });
    const { runId } = trained;
    for (const method of ['train.resume', 'train.pause', 'train.stop', 'runs.delete'] as const) {
      const refused = await window.call(method, { runId }).catch((error: { problem: unknown }) => error.problem);
      expect(refused, method).toMatchObject({ code: 'run-elsewhere', message: expect.stringContaining(who) });
    }
    const record = async () =>
      JSON.parse(await readFile(join(folder.path, 'runs', runId, 'run.json'), 'utf8')) as RunRecord;
    expect(await record()).toMatchObject({ status: 'running' });

    const told = nextEvent(
      window,
      (event) => event.type === 'run' && event.record.id === runId && event.record.status === 'interrupted',
      20_000,
    );
    await kill(trained.child);
    await told;
    await window.call('train.resume', { runId });
    expect((await window.call('runs.list', {}))[0]).not.toHaveProperty('elsewhere');
    await window.call('train.stop', { runId });
  } finally {
    await host.close();
  }
});

it('two shells that resume one run at the same instant: exactly one trains it', async () => {
  const trained = await commandLine(1_000_000);
  await kill(trained.child);
  const { runId } = trained;
  const [first, second] = await Promise.all([shell(), shell()]);
  const said = await Promise.all([first, second].map((one) => one.call('train.resume', { runId })));
  expect(said.filter(({ ok }) => ok)).toHaveLength(1);
  expect(said.find(({ ok }) => !ok)?.problem).toMatchObject({
    code: 'run-elsewhere',
    message: expect.stringContaining('in a browser window'),
  });

  // The one that trains it is killed: free at once, whatever its engine still does.
  const [winner, loser] = said[0]?.ok ? [first, second] : [second, first];
  expect((await loser.call('runs.delete', { runId })).problem?.code).toBe('run-elsewhere');
  await kill(winner.child);
  expect(await loser.call('train.resume', { runId })).toMatchObject({ ok: true });
  await loser.call('train.stop', { runId });
});

it('no process number, host name or clock is believed: a run that claims a living owner is resumed', async () => {
  const trained = await commandLine(1_000_000);
  await kill(trained.child);
  const dir = join(folder.path, 'runs', trained.runId);
  // As a version before wrote it, with the number of a process that lives, and a time to come.
  await writeFile(
    join(dir, 'owner.json'),
    JSON.stringify({ pid: process.pid, host: 'a machine of another name', claimedAt: '2099-01-01T00:00:00Z' }),
  );
  const one = await shell();
  expect(await one.call('train.resume', { runId: trained.runId })).toMatchObject({ ok: true });
});
