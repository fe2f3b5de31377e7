import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programFolder } from '../engineModuleUrl.ts';

/** One NVIDIA card, as `nvidia-smi` tells of it. Bytes, and shares 0..1. */
export interface NvidiaCard {
  readonly name: string;
  readonly uuid: string;
  readonly memoryTotal: number;
  readonly memoryUsed: number;
  readonly memoryFree: number;
  /** Share of the last sample period (1/6 to 1 second) in which a kernel ran; null where the driver does not tell. */
  readonly busy: number | null;
}

const PROGRAM = 'nvidia-smi';
/** The name comes last: it is the only field that might hold a comma. */
const FIELDS = 'uuid,memory.total,memory.used,memory.free,utilization.gpu,name';
const QUERY = [`--query-gpu=${FIELDS}`, '--format=csv,noheader,nounits'];
/** A driver that was asleep takes a second to answer. */
const TIMEOUT_MS = 3000;
const MIB = 1024 ** 2;

/**
 * Reads one line of the query. Numbers come in MiB and percent; what a card does not support is `[N/A]` or `[Not Supported]`.
 * Null for a line that is none, such as a message of the driver.
 */
export function readCard(line: string): NvidiaCard | null {
  const [uuid, total, used, free, busy, ...name] = line.split(',').map((field) => field.trim());
  const [memoryTotal, memoryUsed, memoryFree] = [total, used, free].map(readNumber);
  if (!uuid || memoryTotal == null || memoryUsed == null || memoryFree == null || name.length === 0) return null;
  const percent = readNumber(busy);
  return {
    name: name.join(', '),
    uuid,
    memoryTotal: memoryTotal * MIB,
    memoryUsed: memoryUsed * MIB,
    memoryFree: memoryFree * MIB,
    busy: percent === null ? null : Math.min(1, percent / 100),
  };
}

function readNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Reads `--query-compute-apps=gpu_uuid,pid`: the card on which a process computes, or null when it is not listed. */
export function readCardOf(pid: number, text: string): string | null {
  const rows = text.split('\n').map((line) => line.split(',').map((field) => field.trim()));
  return rows.find(([, owner]) => owner === String(pid))?.[0] ?? null;
}

/** The cards that the driver lists; none where there is no driver. */
export async function nvidiaCards(): Promise<readonly NvidiaCard[]> {
  const text = await ask(QUERY);
  return text.split('\n').flatMap((line) => readCard(line) ?? []);
}

/** What the program answers; nothing when it is not there, refuses, or takes too long. */
function ask(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(PROGRAM, args, { cwd: programFolder(), timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout) =>
      resolve(error ? '' : stdout),
    );
  });
}

/**
 * Follows the card on which this process computes, by one program that writes a line every two seconds: asking anew each time would
 * copy the page tables of a large process. Silent where there is no such program.
 * @returns a function that ends it
 */
export function followNvidiaCard(tell: (card: NvidiaCard) => void): () => void {
  const child = spawn(PROGRAM, [...QUERY, '--loop=2'], {
    cwd: programFolder(),
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const seen = new Set<string>();
  let ours: string | null = null;
  let asked = false;
  child.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const card = readCard(line);
    if (card === null) return;
    seen.add(card.uuid);
    // The driver counts cards in another order than CUDA does: with several, only the process list says which one is ours.
    if (seen.size > 1 && !asked) {
      asked = true;
      void ask(['--query-compute-apps=gpu_uuid,pid', '--format=csv,noheader']).then((text) => {
        ours = readCardOf(process.pid, text);
      });
    }
    if (seen.size === 1 || card.uuid === ours) tell(card);
  });
  return () => child.kill();
}
