import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchema } from '../../../core/document/index.ts';
import { ensureBackend } from '../../../core/engine/backends/registry.ts';
import { exportPreview, exportWrite } from '../../../core/engine/export/index.ts';
import type { ModelSource } from '../../../core/engine/index.ts';
import { ProblemError } from '../../../core/errors.ts';
import { detectFormat, EXPORT_FORMATS, type ExportFormat } from '../../../core/formats/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-export-'));
const source = (id: string): ModelSource => ({
  kind: 'document',
  document: documentSchema.parse(findTemplate(id)?.create()),
  baseDir: null,
});
beforeAll(() => ensureBackend({ home: folder }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function problemOf(format: ExportFormat, path: string, id = 'xor-mlp') {
  try {
    await exportWrite(source(id), format, join(folder, path), true);
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown.problem;
    throw thrown;
  }
  throw new Error('exported without a problem');
}

describe('export', () => {
  it('writes a folder for TensorFlow.js, and replaces only its own files', async () => {
    const path = join(folder, 'web');
    const files = await exportWrite(source('xor-mlp'), 'tfjs', path);
    const name = files[1]?.name ?? '';
    expect(files[0]?.name).toBe('model.json');
    expect(name).toMatch(/^group1-shard1of1-[0-9a-f]{16}\.bin$/);
    expect(readdirSync(path).sort()).toEqual([name, 'model.json']);
    expect(files[1]?.bytes).toBe(readFileSync(join(path, name)).length);
    // As earlier versions called it.
    writeFileSync(join(path, 'group1-shard1of1.bin'), '');
    const [, other] = await exportWrite(source('iris-mlp'), 'tfjs', path, true);
    expect(readdirSync(path).sort()).toEqual([other?.name, 'model.json']);
    expect(readFileSync(join(path, 'model.json'), 'utf8')).toContain(other?.name);
    writeFileSync(join(path, 'thesis.txt'), 'precious');
    expect((await problemOf('tfjs', 'web')).message).toMatch(/already holds other things \(thesis\.txt\)/);
  });

  it('shows the same as it writes', async () => {
    const shown = await exportPreview(source('xor-mlp'), 'keras-code');
    const written = await exportWrite(source('xor-mlp'), 'keras-code', join(folder, 'xor.py'));
    expect(written).toEqual(shown);
    expect(readFileSync(join(folder, 'xor.py'), 'utf8')).toBe(shown[0]?.text);
    const keras = await exportWrite(source('xor-mlp'), 'keras', join(folder, 'xor.keras'));
    expect(keras).toMatchObject([{ name: '', text: null }]);
  });

  it.each(EXPORT_FORMATS)('of the format $id is known again by its content', async ({ id, extensions }) => {
    const [ending] = extensions;
    const path = join(folder, `known.${ending ?? 'folder'}`);
    await exportWrite(source('xor-mlp'), id, path);
    expect(detectFormat(readFileSync(ending === undefined ? join(path, 'model.json') : path))?.id).toBe(id);
  });

  it('puts the data of the penguins beside the program, but over no other file', async () => {
    mkdirSync(join(folder, 'birds'));
    await exportWrite(source('penguins'), 'keras-code', join(folder, 'birds', 'penguins.py'));
    expect(readdirSync(join(folder, 'birds')).sort()).toEqual(['penguins.csv', 'penguins.py']);
    await exportWrite(source('penguins'), 'keras-code', join(folder, 'birds', 'penguins.py'), true);
    writeFileSync(join(folder, 'birds', 'penguins.csv'), 'mine');
    const problem = await problemOf('keras-code', 'birds/penguins.py', 'penguins');
    expect(problem).toMatchObject({ code: 'export-path' });
    expect(readFileSync(join(folder, 'birds', 'penguins.csv'), 'utf8')).toBe('mine');
  });

  it.each([
    ['keras', 'model.h5', /must end in \.keras/],
    ['keras-code', 'model', /must end in \.py/],
    ['keras', 'nowhere/model.keras', /folder .*nowhere does not exist/],
    ['keras', 'dir.keras', /it is a folder/],
    ['tfjs', 'plain.txt', /there is a file of that name/],
  ] as const)('refuses %s to %s', async (format, path, message) => {
    mkdirSync(join(folder, 'dir.keras'), { recursive: true });
    writeFileSync(join(folder, 'plain.txt'), '');
    const problem = await problemOf(format, path);
    expect(problem.code).toBe('export-path');
    expect(problem.message).toMatch(message);
  });

  it.each([
    ['keras', 'mine.keras', 'mine.keras'],
    ['keras-code', 'mine.py', 'mine.py'],
    ['tfjs', 'mine-tfjs', 'mine-tfjs/model.json'],
  ] as const)('asks before %s is written over %s', async (format, path, file) => {
    mkdirSync(join(folder, 'mine-tfjs'), { recursive: true });
    // An empty folder is free to take.
    if (format === 'tfjs') await exportWrite(source('xor-mlp'), format, join(folder, path));
    writeFileSync(join(folder, file), 'precious');
    await expect(exportWrite(source('xor-mlp'), format, join(folder, path))).rejects.toMatchObject({
      problem: { code: 'export-exists', message: expect.stringContaining(join(folder, path)) },
    });
    expect(readFileSync(join(folder, file), 'utf8')).toBe('precious');
    await exportWrite(source('xor-mlp'), format, join(folder, path), true);
    expect(readFileSync(join(folder, file), 'utf8')).not.toBe('precious');
  });

  it('says which run is not there', async () => {
    const run: ModelSource = { kind: 'run', runDir: join(folder, 'gone'), weights: 'best' };
    await expect(exportWrite(run, 'keras', join(folder, 'x.keras'))).rejects.toThrow(/There is no run in/);
  });
});
