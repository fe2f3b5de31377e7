import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeWhole } from '../core/files/node.ts';

const instanceSchema = z.object({ pid: z.number().int(), port: z.number().int(), key: z.string() });
const ANSWER_MS = 2000;

const fileOf = (home: string) => join(home, 'web-host.json');

/** Says where this host is to be found. Only the user can read the file: its key opens a window. */
export async function writeInstance(home: string, port: number, key: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: PRIVATE_FOLDER });
  await writeWhole(fileOf(home), JSON.stringify({ pid: process.pid, port, key }), { mode: PRIVATE_FILE });
}

/** Takes the file away, unless a later host has put its own there. */
export async function removeInstance(home: string): Promise<void> {
  try {
    if (instanceSchema.parse(JSON.parse(await readFile(fileOf(home), 'utf8'))).pid === process.pid)
      await rm(fileOf(home), { force: true });
  } catch {
    // Already gone.
  }
}

/** Asks the web host that runs on this home, if there is one, for an address that opens `file` (or just the app). */
export async function askRunningInstance(home: string, file: string | null): Promise<string | null> {
  try {
    const { port, key } = instanceSchema.parse(JSON.parse(await readFile(fileOf(home), 'utf8')));
    const response = await fetch(`http://127.0.0.1:${port}/launch`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}` },
      body: JSON.stringify({ file }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) return null;
    return z.object({ url: z.url() }).parse(await response.json()).url;
  } catch {
    return null; // No file, or a file that a killed host left behind.
  }
}
