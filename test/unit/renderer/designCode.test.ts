import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataDescriptionSchema } from '../../../core/data/index.ts';
import { describeDataset } from '../../../core/data/node.ts';
import { DEFAULT_DATA, type LoomDocument } from '../../../core/document/index.ts';
import { exportWrite } from '../../../core/engine/export/index.ts';
import { toProblem } from '../../../core/errors.ts';
import { designCode } from '../../../renderer/features/export/designCode.ts';
import { designOf } from '../../parity/exportDesigns.ts';

type Source = LoomDocument['data']['source'];
type CsvSource = Extract<Source, { kind: 'csv' }>;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-code-'));
  const rows = Array.from(
    { length: 40 },
    (_, i) =>
      `${i};${i % 3 ? `−${i},5 cm` : 'n.d.'};${['Oak', 'elm ', '1.0', '1'][i % 4]};${i % 2 ? `(${i},5)` : `${i},5k`}`,
  );
  await writeFile(join(dir, 'plants.csv'), `No;height;kind;price\n${rows.join('\n')}\n`, 'utf16le');
  const text = await readFile(join(dir, 'plants.csv'));
  await writeFile(join(dir, 'plants.csv'), Buffer.concat([Buffer.of(0xff, 0xfe), text]));
  await writeFile(join(dir, 'one.csv'), 'a,b\n1,x\n2,x\n');
  for (const name of ['train/cat', 'train/dog', 'test/cat', 'test/dog']) {
    await mkdir(join(dir, 'pets', name), { recursive: true });
    for (let i = 0; i < 5; i++) {
      const raw = { width: 6, height: 6, channels: 3 } as const;
      await sharp(Buffer.alloc(108, i * 40), { raw }).toFile(join(dir, 'pets', name, `${i}.png`));
    }
  }
  await writeFile(join(dir, 'pets/train/cat/broken.png'), 'no picture');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const csv = (file: string, more: Partial<CsvSource> = {}): Source => ({
  kind: 'csv',
  path: file,
  columns: {},
  missing: 'meanOrMode',
  ...more,
});

function design(source: Source, scaling: LoomDocument['data']['scaling'] = 'standardise'): LoomDocument {
  const base = designOf('Any', [
    { type: 'Input', name: 'x', params: { shape: [6, 6, 3] }, reads: [] },
    { type: 'Flatten', name: 'flat', params: {}, reads: ['x'] },
    { type: 'Dense', name: 'y', params: { units: 3 }, reads: ['flat'] },
    { type: 'Output', name: 'o', params: { loss: 'meanSquaredError' }, reads: ['y'] },
  ]);
  return { ...base, data: { ...DEFAULT_DATA, source, scaling } };
}

/** What the pane shows: the description as it comes over the wire. */
async function shown(document: LoomDocument) {
  const description =
    document.data.source.kind === 'none'
      ? null
      : dataDescriptionSchema.parse(JSON.parse(JSON.stringify(await describeDataset(document.data, dir))));
  return designCode(document, { description, described: document.data, problem: null });
}

describe('the code pane', () => {
  it.each([
    ['no data', { kind: 'none' }],
    ...(['digits', 'iris', 'penguins', 'xor'] as const).map((id) => [id, { kind: 'builtin', id }] as const),
    ['a CSV file with everything in it', csv('plants.csv')],
    ['a folder of pictures with parts', { kind: 'imageFolder', path: 'pets', channels: 'grey', fit: 'crop' }],
  ] as const)('shows, of %s, the very text that exporting writes', async (name, source: Source) => {
    const document = design(source);
    const path = join(dir, `${name.replaceAll(/\W/g, '-')}.py`);
    const { code, problem } = await shown(document);
    expect(problem).toBeNull();
    await exportWrite({ kind: 'document', document, baseDir: dir }, 'keras-code', path);
    expect(code).toBe(await readFile(path, 'utf8'));
  });

  it('says what is wrong with data in the words of the export', async () => {
    const document = design(csv('one.csv'));
    const path = join(dir, 'never.py');
    const refused = await exportWrite({ kind: 'document', document, baseDir: dir }, 'keras-code', path).catch(
      toProblem,
    );
    expect(refused).toMatchObject({ code: 'one-class' });
    expect(await shown(document)).toEqual({ code: null, problem: refused });
  });

  it('goes on with the data as they were last read while a change of them is being read', async () => {
    const before = design({ kind: 'builtin', id: 'iris' });
    const data = { description: await describeDataset(before.data, null), described: before.data, problem: null };
    const changed = design({ kind: 'builtin', id: 'digits' });
    expect(designCode(changed, data).code).toBe(designCode({ ...changed, data: before.data }, data).code);
    expect(designCode(changed, data).code).toContain('load_iris');
  });
});
