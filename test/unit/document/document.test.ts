import { describe, expect, it } from 'vitest';
import {
  compareNatural,
  emptyDocument,
  type LoomDocument,
  MAX_DOCUMENT_LENGTH,
  type Migration,
  migrate,
  parseDocument,
  serialiseDocument,
} from '../../../core/document/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';

const cnn = findTemplate('digits-cnn')?.create() ?? emptyDocument();
const text = serialiseDocument(cnn);
const code = (input: string) => {
  const parsed = parseDocument(input);
  return parsed.ok ? null : parsed.error.code;
};
// biome-ignore lint/suspicious/noExplicitAny: tests write what no schema allows.
const altered = (change: (raw: any) => void) => {
  const raw = JSON.parse(text);
  change(raw);
  return JSON.stringify(raw);
};

describe('reading', () => {
  it.each([
    ['', 'document-empty'],
    ['   \n', 'document-empty'],
    [text.slice(0, text.length / 2), 'document-truncated'],
    [text.slice(0, -3), 'document-truncated'],
    ['{"format": "layerloom", }', 'document-not-json'],
    ['PK\u0003\u0004 not text at all', 'document-not-json'],
    ['[]', 'document-format'],
    ['null', 'document-format'],
    ['{"format": "keras"}', 'document-format'],
    ['{"format": "layerloom"}', 'document-version'],
    ['{"format": "layerloom", "version": "1"}', 'document-version'],
    ['{"format": "layerloom", "version": 99}', 'document-too-new'],
    ['{"format": "layerloom", "version": 1}', 'document-invalid'],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'document-too-deep'],
    [`{"a":${'{"a":'.repeat(100)}1${'}'.repeat(101)}`, 'document-too-deep'],
    [altered((raw) => (raw.root = 'elsewhere')), 'document-no-root'],
    [altered((raw) => (raw.root = 'constructor')), 'document-no-root'],
    [altered((raw) => (raw.graphs.main.nodes.n2.position.x = 'left')), 'document-invalid'],
    [text.replace('"learningRate": 0.003', '"learningRate": 1e999'), 'document-invalid'],
  ])('reports %.40j as %s', (input, expected) => {
    expect(code(input)).toBe(expected);
  });

  it('refuses more than 64 MiB before looking at it', () => {
    expect(code(' '.repeat(MAX_DOCUMENT_LENGTH + 1))).toBe('document-too-large');
  });

  it('says where a file is wrong', () => {
    const parsed = parseDocument(altered((raw) => (raw.training.batchSize = 0)));
    expect(parsed.ok ? '' : parsed.error.message).toContain('“training.batchSize”');
    const broken = parseDocument(text.replace('"version": 1', '"version": one'));
    expect(broken.ok ? '' : broken.error.message).toMatch(/line 3|version": one/);
  });

  it('knows a file that was cut off, wherever that was', () => {
    const small = serialiseDocument(emptyDocument());
    for (let length = 1; length < small.length - 1; length++)
      expect(code(small.slice(0, length)), small.slice(0, length)).toBe('document-truncated');
  });

  it('opens files with a byte order mark', () => {
    expect(code(`\uFEFF${text}`)).toBeNull();
  });

  it('is not harmed by __proto__ keys', () => {
    const hostile = text
      .replace('"nodes": {', '"nodes": { "__proto__": { "polluted": true },')
      .replace('"params": {', '"params": { "__proto__": { "polluted": true },');
    const parsed = parseDocument(hostile);
    expect(parsed.ok && parsed.value.document).toEqual(cnn);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const node = parsed.ok ? parsed.value.document.graphs.main?.nodes.n2 : undefined;
    expect(node && Reflect.get(node.params, 'polluted')).toBeUndefined();
  });

  it('leaves out wires that lead nowhere, with a warning', () => {
    const parsed = parseDocument(
      altered((raw) => {
        raw.graphs.main.edges.e2.target = 'gone';
        raw.graphs.main.edges.e3.source = 'constructor';
      }),
    );
    expect(parsed.ok && Object.keys(parsed.value.document.graphs.main?.edges ?? {})).toHaveLength(7);
    expect(parsed.ok && parsed.value.problems.map((problem) => [problem.code, problem.severity])).toEqual([
      ['document-dangling-wire', 'warning'],
      ['document-dangling-wire', 'warning'],
    ]);
  });

  it('puts ids right that contradict their key', () => {
    const parsed = parseDocument(altered((raw) => (raw.graphs.main.nodes.n2.id = 'n3')));
    expect(parsed.ok && parsed.value.document).toEqual(cnn);
    expect(parsed.ok && parsed.value.problems[0]?.message).toContain('filed under “n2” but calls itself “n3”');
  });

  it('keeps what it does not know', () => {
    const future = altered((raw) => {
      raw.notes = [{ text: 'hello', at: { x: 1 } }];
      raw.training.curriculum = { kind: 'easy-first' };
      raw.graphs.main.nodes.n2 = {
        ...raw.graphs.main.nodes.n2,
        type: 'Capsule',
        frozen: true,
        params: { routes: [3, { a: null }] },
      };
      raw.graphs.main.groups = { g1: { nodes: ['n1'] } };
    });
    const parsed = parseDocument(future);
    expect(parsed.ok && JSON.parse(serialiseDocument(parsed.value.document))).toEqual(JSON.parse(future));
  });
});

describe('writing', () => {
  it('gives equal text for equal documents, whatever order their keys came in', () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, item]) => [key, reversed(item)]),
          );
    expect(serialiseDocument(reversed(cnn) as LoomDocument)).toBe(text);
  });

  it('is JSON in two spaces with one line for a wire or a position', () => {
    expect(text.startsWith('{\n  "format": "layerloom",\n  "version": 1,\n  "name": "Digits CNN",\n')).toBe(true);
    expect(text).toContain('"position": { "x": 170, "y": 0 }');
    expect(text).toMatch(/^ {8}"e1": \{ "id": "e1", "source": "n1".*\},$/m);
    expect(text.endsWith('}\n')).toBe(true);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(121);
  });

  it('sorts n2 before n10', () => {
    expect(['n10', 'n2', 'n1', 'e3', 'n02', 'n'].sort(compareNatural)).toEqual(['e3', 'n', 'n1', 'n02', 'n2', 'n10']);
  });
});

it('migrates step by step', () => {
  const steps = new Map<number, Migration>([
    [1, (raw) => ({ ...raw, b: 1 })],
    [2, (raw) => ({ ...raw, c: raw.b ?? null })],
  ]);
  expect(migrate({ version: 1, a: 0 }, 3, steps)).toEqual({ ok: true, value: { version: 3, a: 0, b: 1, c: 1 } });
  expect(migrate({ version: 3 }, 3, steps)).toEqual({ ok: true, value: { version: 3 } });
  expect(migrate({ version: 1 }, 4, steps).ok).toBe(false);
});
