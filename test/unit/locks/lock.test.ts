import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockHolder, takeLock, talkToHolder } from '../../../core/locks/node.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-locks-'));
const program = join(folder, 'contender.mjs');
let home = '';
let count = 0;
const children: ChildProcess[] = [];

beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, 'contender.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  }),
);
beforeEach(() => {
  home = join(folder, `home${count++}`);
  mkdirSync(home);
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

interface Contender {
  readonly child: ChildProcess;
  go(): Promise<string>;
}

/** A process that waits to be told to take the lock. */
async function contender(where = home, hold = true): Promise<Contender> {
  const child = spawn(process.execPath, [program, where, 'run', ...(hold ? ['hold'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: Interface = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return {
    child,
    go: async () => {
      const said = Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['ended'])]);
      child.stdin.write('go\n');
      return String((await said)[0]);
    },
  };
}

const me = { what: 'this test' };

describe('a lock', () => {
  it('is had by one at a time, who is named, and goes to the next', async () => {
    const { lock } = await takeLock(home, 'run', me);
    expect(lock).not.toBeNull();
    expect(await takeLock(home, 'run', me)).toEqual({ lock: null, holder: { what: 'this test', pid: process.pid } });
    // Other names are other locks.
    expect((await takeLock(home, 'another', me)).lock).not.toBeNull();
    await lock?.release();
    expect((await takeLock(home, 'run', me)).lock).not.toBeNull();
  });

  it('is seen by other processes, and is free the moment its process is killed', async () => {
    const first = await contender();
    expect(await first.go()).toBe('won');
    expect(await lockHolder(home, 'run')).toEqual({ what: 'a contender', pid: first.child.pid });
    const second = await contender();
    expect(JSON.parse(await second.go())).toEqual({ what: 'a contender', pid: first.child.pid });
    await kill(first.child);
    expect(await lockHolder(home, 'run')).toBeNull();
    expect((await takeLock(home, 'run', me)).lock).not.toBeNull();
  });

  it('stays with a process that is stopped or busy and answers nobody', async () => {
    const first = await contender();
    expect(await first.go()).toBe('won');
    first.child.kill('SIGSTOP');
    expect((await takeLock(home, 'run', me)).lock).toBeNull();
    expect(await lockHolder(home, 'run')).toMatchObject({ what: 'another Layerloom program' });
    first.child.kill('SIGCONT');
    expect(await lockHolder(home, 'run')).toMatchObject({ pid: first.child.pid });
  });

  it('goes to exactly one of many that try at the same instant, again and again', async () => {
    for (let round = 0; round < 2; round++) {
      const all = await Promise.all(Array.from({ length: 6 }, () => contender()));
      const said = await Promise.all(all.map(({ go }) => go()));
      expect(
        said.filter((line) => line === 'won'),
        said.join('\n'),
      ).toHaveLength(1);
      await Promise.all(all.map(({ child }) => kill(child)));
    }
  }, 60_000);

  it('goes to exactly one of many in one process', async () => {
    for (let round = 0; round < 20; round++) {
      const all = await Promise.all(Array.from({ length: 12 }, () => takeLock(home, 'run', me)));
      const won = all.filter(({ lock }) => lock !== null);
      expect(won).toHaveLength(1);
      await won[0]?.lock?.release();
    }
  });

  it('belongs to the folder, by whatever path it is reached or renamed to; a copy has its own', async () => {
    const first = await contender();
    expect(await first.go()).toBe('won');
    const link = join(folder, `link${count}`);
    symlinkSync(home, link);
    expect((await takeLock(link, 'run', me)).lock).toBeNull();
    const moved = `${home}-moved`;
    renameSync(home, moved);
    expect((await takeLock(moved, 'run', me)).lock).toBeNull();
    mkdirSync(home);
    expect((await takeLock(home, 'run', me)).lock).not.toBeNull();
    const copy = `${home}-copy`;
    mkdirSync(join(copy, 'locks'), { recursive: true, mode: 0o700 });
    for (const name of readdirSync(join(moved, 'locks')))
      if (name.endsWith('.held')) cpSync(join(moved, 'locks', name), join(copy, 'locks', name));
    expect((await takeLock(copy, 'run', me)).lock).not.toBeNull();
  });

  it('works where the path is longer than a socket’s may be', async () => {
    const long = join(home, 'a'.repeat(120));
    mkdirSync(long);
    const first = await contender(long);
    expect(await first.go()).toBe('won');
    expect((await takeLock(long, 'run', me)).lock).toBeNull();
    // The same folder by a short path.
    symlinkSync(long, join(home, 'short'));
    expect((await takeLock(join(home, 'short'), 'run', me)).lock).toBeNull();
    await kill(first.child);
    const { lock } = await takeLock(long, 'run', me);
    expect(lock).not.toBeNull();
    await lock?.release();
  });

  it('leaves nothing of killed processes behind, and is nobody else’s to look at', async () => {
    for (let round = 0; round < 3; round++) {
      const one = await contender();
      expect(await one.go()).toBe('won');
      await kill(one.child);
    }
    const { lock } = await takeLock(home, 'other', me);
    expect(readdirSync(join(home, 'locks')).map((name) => name.replace(/.*\./, '.'))).toEqual(['.held', '.sock']);
    await lock?.release();
    expect(readdirSync(join(home, 'locks'))).toEqual([]);
    expect(statSync(join(home, 'locks')).mode & 0o777).toBe(0o700);
  });

  it('waits for a holder that lets go, if told to', async () => {
    const first = await contender();
    expect(await first.go()).toBe('won');
    const waiting = takeLock(home, 'run', { ...me, patience: 5000 });
    setTimeout(() => first.child.kill('SIGKILL'), 200);
    expect((await waiting).lock).not.toBeNull();
  });

  it('lets its holder be talked to', async () => {
    const { lock } = await takeLock(home, 'run', {
      ...me,
      answer: async (first, line) => line.send({ first, second: await line.next() }),
    });
    const reply = await talkToHolder(home, 'run', async (line) => {
      line.send('one');
      line.send(['two']);
      return line.next();
    });
    expect(reply).toEqual({ first: 'one', second: ['two'] });
    await lock?.release();
    expect(await talkToHolder(home, 'run', async () => 'somebody')).toBeNull();
  });
});
