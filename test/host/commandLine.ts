import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

export const ROOT = new URL('../..', import.meta.url).pathname;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line, as people run it. `onOutput` sees standard output as it comes, with the process to signal. */
export function layerloom(
  args: readonly string[],
  {
    home,
    cwd = home,
    input = '',
    env = { LAYERLOOM_HOME: home },
    onOutput,
    user,
  }: {
    home: string;
    cwd?: string;
    input?: string;
    /** Where the user's data are; LAYERLOOM_HOME unless said otherwise. */
    env?: Readonly<Record<string, string | undefined>>;
    onOutput?: (text: string, pid: number) => void;
    /** Id of another user to be; takes root. */
    user?: number | undefined;
  },
): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.cjs'), ...args], {
    cwd,
    env: { ...process.env, ...env },
    ...(user !== undefined && { uid: user, gid: user }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(stdout, child.pid ?? 0);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Every line of standard output as JSON. */
export function jsonLines({ stdout }: Ended): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What a call with --json prints, when all went well. */
export async function jsonOf(args: readonly string[], home: string) {
  const ended = await layerloom([...args, '--json'], { home });
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  return JSON.parse(ended.stdout);
}

/** A fresh folder with these templates as files, and the command line built. */
export async function newHome(templates: readonly string[]): Promise<string> {
  execFileSync(process.execPath, ['-e', "import('./build/build.mjs').then((m) => m.ensureBuilt(['node']))"], {
    cwd: ROOT,
  });
  const home = await mkdtemp(join(tmpdir(), 'layerloom-cli-'));
  for (const id of templates)
    expect(await layerloom(['new', id, '-o', `${id}.loom`], { home })).toMatchObject({ code: 0, stderr: '' });
  return home;
}
