import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { partOf } from '../../../core/data/folder/pictureParts.ts';
import { describeDataset } from '../../../core/data/node.ts';
import { type DataSettings, DEFAULT_DATA, emptyDocument } from '../../../core/document/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { editIn } from '../../edits.ts';

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'layerloom-layouts-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** So many pictures in each of these folders. */
async function fill(count: number, ...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(join(dir, folder), { recursive: true });
    for (let i = 0; i < count; i++) await writeFile(join(dir, folder, `${i}.png`), PNG);
  }
}

function settings(path = dir): DataSettings {
  return { ...DEFAULT_DATA, source: { kind: 'imageFolder', path, channels: 'colour', fit: 'crop' } };
}

/** What is said of a folder, also where it cannot be read. */
async function said(of: DataSettings, code: string): Promise<Problem> {
  const problems = await describeDataset(of, dirname(dir)).then(
    (description) => description.problems,
    (thrown: unknown) => [toProblem(thrown)],
  );
  const problem = problems.find((one) => one.code === code);
  if (!problem) throw new Error(`nothing of ${code}: ${problems.map((one) => one.code).join()}`);
  return problem;
}

/** The data settings after a press on the problem's first button. */
function pressed(of: DataSettings, { fixes = [] }: Problem): DataSettings {
  const [fix] = fixes;
  const result = applyCommand({ ...emptyDocument(), data: of }, editIn(fix));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.document.data;
}

const classesOf = async (of: DataSettings): Promise<readonly string[] | undefined> =>
  (await describeDataset(of, dirname(dir))).summary.fields[1]?.classes;

describe('names of parts', () => {
  it.each([
    ['train', 'train'],
    ['Training_Set', 'train'],
    ['trainset', 'train'],
    ['TrainingData', 'train'],
    ['train2017', 'train'],
    ['seg_train', 'train'],
    ['valid', 'validation'],
    ['dev', 'validation'],
    ['dev-set', 'validation'],
    ['val_images', 'validation'],
    ['Validation', 'validation'],
    ['test_set', 'test'],
    ['TestImages', 'test'],
    ['testing data', 'test'],
    ['trainer', null],
    ['contest', null],
    ['train_cats', null],
    ['device', null],
    ['data', null],
    ['images', null],
  ] as const)('%s is %s', (name, part) => expect(partOf(name)).toBe(part));
});

describe('how class folders may lie', () => {
  it('training_set and test_set are parts, also doubled by an archive and beside another folder', async () => {
    await fill(8, 'training_set/training_set/cat', 'training_set/training_set/dog');
    await fill(3, 'test_set/test_set/cat', 'test_set/test_set/dog');
    await fill(2, 'single_prediction');
    const { splits, problems, summary, layout } = await describeDataset(settings(), null);
    expect(summary.fields[1]?.classes).toEqual(['cat', 'dog']);
    // A fifth of 16 for validation, no tenth for test: that has its folder.
    expect(splits.test).toBe(6);
    expect(splits.train + splits.validation).toBe(16);
    expect(problems.find(({ code }) => code === 'folder-beside-parts')?.message).toMatch(/“single_prediction”/);
    expect(layout).toMatchObject({
      parts: [
        { folder: 'test_set/test_set', part: 'test' },
        { folder: 'training_set/training_set', part: 'train' },
      ],
    });
  });

  it('a class called test beside others stays a class', async () => {
    await fill(4, 'test', 'control', 'train');
    expect(await classesOf(settings())).toEqual(['control', 'test', 'train']);
  });

  it.each([
    ['absolute', (path: string) => path],
    ['relative', (path: string) => basename(path)],
  ])('an outer folder is told of, with a button that takes the inner one (%s)', async (_, spell) => {
    await fill(4, 'archive/images/cat', 'archive/images/dog');
    await mkdir(join(dir, 'annotations'));
    const before = settings(spell(dir));
    const problem = await said(before, 'one-class');
    expect(problem.message).toMatch(/“archive\/images”/);
    const after = pressed(before, problem);
    expect(after.source).toEqual({ ...before.source, path: join(spell(dir), 'archive/images') });
    expect(await classesOf(after)).toEqual(['cat', 'dog']);
  });

  it('an outer folder around parts likewise', async () => {
    await fill(4, 'pets/train/cat', 'pets/train/dog', 'pets/test/cat', 'pets/test/dog');
    const after = pressed(settings(), await said(settings(), 'one-class'));
    expect((await describeDataset(after, null)).splits.test).toBe(8);
  });

  it('the folder of one class is told of, with a button that takes the folder around it', async () => {
    await fill(4, 'pets/cat', 'pets/dog');
    const before = settings(join(dir, 'pets/cat'));
    const problem = await said(before, 'no-class-folders');
    expect(await classesOf(pressed(before, problem))).toEqual(['cat', 'dog']);
  });

  it('class folders one level further down are told of, with a button for each', async () => {
    await fill(4, 'camera1/cat', 'camera1/dog', 'camera2/cat', 'camera2/dog');
    const problem = await said(settings(), 'classes-further-down');
    expect(problem.fixes?.map(({ label }) => label)).toEqual(['Use “camera1”', 'Use “camera2”']);
    expect(await classesOf(pressed(settings(), problem))).toEqual(['cat', 'dog']);
  });

  it('parts inside the class folders are told of', async () => {
    await fill(4, 'cat/train', 'cat/test', 'dog/train', 'dog/test');
    expect((await said(settings(), 'parts-inside-classes')).message).toMatch(/turn it round/);
  });

  it('parts without class folders, and pictures beside them, are told of', async () => {
    await fill(3, 'train', 'test');
    expect((await said(settings(), 'no-class-folders')).message).toMatch(/no folders for the classes/);
    await fill(3, 'train/cat', 'train/dog');
    expect((await said(settings(), 'picture-loose')).facts?.count).toBe(6);
  });
});
