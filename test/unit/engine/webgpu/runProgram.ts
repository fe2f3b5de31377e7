import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from '../../bundle.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

export interface Ended {
  readonly code: number | null;
  /** One entry for each line of JSON it wrote. */
  readonly lines: readonly unknown[];
  readonly errors: string;
}

/**
 * Bundles a program of this folder and runs it to its end in a process of its own: the drivers of a graphics device are found through
 * the environment a process starts with, and may crash.
 * @param room kilobytes of addresses it may use (Linux): allocations fail beyond, as they do when memory is full
 */
export async function runProgram(file: string, env: NodeJS.ProcessEnv, room?: number): Promise<Ended> {
  const outfile = await bundle(join(import.meta.dirname, file));
  return new Promise((resolve, reject) => {
    const node = [process.execPath, '--expose-gc', outfile];
    const limited = room === undefined ? node : ['sh', '-c', `ulimit -v ${room}; exec "$@"`, 'sh', ...node];
    const child = spawn(limited[0] ?? '', limited.slice(1), { env, cwd: root });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line.startsWith('{'));
      resolve({ code, errors, lines: lines.map((line) => JSON.parse(line) as unknown) });
    });
  });
}
