// Writes one thing over and over, each time with the next number in it, until it is killed. Says each number once that
// write is reported done; told to begin "at once", also when it begins.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { documentSchema } from '../../../../core/document/index.ts';
import { writeCheckpoint } from '../../../../core/engine/checkpoint/checkpoint.ts';
import { writeExport } from '../../../../core/engine/export/destination.ts';
import { autosaves } from '../../../../core/host/autosaves.ts';
import { saveDocument } from '../../../../core/host/documentFiles.ts';
import { jsonFile } from '../../../../core/host/jsonFile.ts';
import { runStore } from '../../../../core/runs/node.ts';
import { truncateMetrics } from '../../../../core/runs/runFolder.ts';
import { findTemplate } from '../../../../core/templates/index.ts';
import { asText, checkpointOf, counterSchema, exportOf, type Kind, pointsOf, recordOf } from './content.ts';

const [kind = '', folder = '', from = '0', when = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const runDir = join(folder, 'runs', 'one');
const runs = runStore(join(folder, 'runs'));

const WRITE: { readonly [K in Kind]: (n: number) => Promise<unknown> } = {
  design: (n) => saveDocument(join(folder, 'net.loom'), asText(n), 'replace'),
  autosave: (n) => autosaves(folder).write('key', null, 'net', asText(n), null),
  settings: (n) => jsonFile(join(folder, 'settings.json'), counterSchema, { n: 0 }).change(() => ({ n })),
  record: (n) => runs.update(runDir, recordOf(n)),
  metrics: async (n) => {
    await runs.appendMetrics(runDir, pointsOf(n));
    if (n % 5 === 0) await truncateMetrics(runDir, n);
  },
  checkpoint: (n) => writeCheckpoint(runDir, checkpointOf(n)),
  exportFile: (n) => writeExport('keras', join(folder, 'model.keras'), [{ name: '', bytes: Buffer.from(asText(n)) }]),
  exportFolder: (n) => writeExport('tfjs', join(folder, 'web'), exportOf(n)),
  newRun: async () => {
    const document = documentSchema.parse(findTemplate('xor-mlp')?.create());
    await runs.create(document, null);
  },
};

if (!Object.hasOwn(WRITE, kind)) throw new Error(`nothing is called ${kind}`);
mkdirSync(runDir, { recursive: true });
if (when === 'at once') process.stdout.write('ready\n');
for (let n = Number(from); ; n++) {
  await WRITE[kind as Kind](n);
  process.stdout.write(`${n}\n`);
}
