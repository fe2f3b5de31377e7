import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engineModuleUrl } from '../backends/engineModuleUrl.ts';

/** First argument that makes the engine program check an engine folder and end, instead of waiting for requests. */
export const CHECK_FLAG = '--check-tensorflow';

/**
 * Checks a TensorFlow folder in a process of its own, so that a library that crashes takes nobody along.
 * @throws Error with what the process said last.
 */
export function checkInOwnProcess(dir: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(engineModuleUrl()), CHECK_FLAG, dir], {
      cwd: dir,
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4000);
    });
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      if (code === 0) return resolve();
      const last = errors.trim().split('\n').at(-1) ?? '';
      reject(new Error(`the check of the engine failed (${killedBy ?? `exit code ${code}`}): ${last}`));
    });
  });
}
