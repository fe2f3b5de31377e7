import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeWhole } from '../../files/node.ts';
import { type Benchmark, benchmarkSchema } from '../deviceFacts.ts';
import type { BackendName } from '../protocol.ts';
import { STANDARD_NET } from './standardNet.ts';

/** A file for each backend, so that two programs that measure at once do not undo each other's work. */
function fileOf(home: string, name: BackendName): string {
  return join(home, 'measured', `${name}.json`);
}

/** The last measurement of a backend on this machine; undefined when there is none that still means something. Never throws. */
export async function readBenchmark(home: string, name: BackendName): Promise<Benchmark | undefined> {
  try {
    const measured = benchmarkSchema.parse(JSON.parse(await readFile(fileOf(home, name), 'utf8')));
    return measured.net === STANDARD_NET ? measured : undefined;
  } catch {
    // Not measured yet, or a damaged file: the next test writes it anew.
    return undefined;
  }
}

export async function writeBenchmark(home: string, name: BackendName, measured: Benchmark): Promise<void> {
  await mkdir(join(home, 'measured'), { recursive: true, mode: PRIVATE_FOLDER });
  await writeWhole(fileOf(home, name), `${JSON.stringify(measured, null, 2)}\n`, { mode: PRIVATE_FILE });
}
