import { describe, expect, it } from 'vitest';
import { writeKerasCode } from '../../../core/codegen/index.ts';
import { parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';
import { TEMPLATES } from '../../../core/templates/index.ts';
import { editIn } from '../../edits.ts';

/** A sound design as JSON, to spoil. */
interface Json {
  name: string;
  graphs: {
    main: { nodes: Record<string, { type: string; params: Record<string, unknown> } & object>; edges: object };
  };
  data: Record<string, unknown>;
  training: Record<string, unknown>;
}
function spoiled(spoil: (document: Json) => void, id = 'digits-cnn'): string {
  const document = TEMPLATES.find((template) => template.id === id)?.create();
  if (document === undefined) throw new Error(`no template ${id}`);
  const json = JSON.parse(serialiseDocument(document)) as Json;
  spoil(json);
  return JSON.stringify(json);
}
const convolution = (json: Json) => {
  const node = Object.values(json.graphs.main.nodes).find(({ type }) => type === 'Conv2D');
  if (node === undefined) throw new Error('no convolution');
  return node.params;
};
const problemsOf = (text: string) => {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return analyse({ document: parsed.value.document, dataset: null }).problems;
};
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key_${i}`, i]));

describe('groups as large as a file can say', () => {
  // By the definition: the largest number up to the one asked for that divides both. Digits have one channel.
  it.each([
    [1, 32, 1e9, 1],
    [12, 32, 1e9, 4],
    [12, 18, 5, 3],
    [48, 64, 15, 8],
    [7, 5, 3, 1],
  ])('%i channels, %i filters, %d groups: %i is proposed', (channels, filters, groups, best) => {
    const text = spoiled((json) => {
      for (const node of Object.values(json.graphs.main.nodes)) {
        if (node.type === 'Input') node.params.shape = [8, 8, channels];
      }
      Object.assign(convolution(json), { filters, groups });
    });
    const problem = problemsOf(text).find(({ code }) => code === 'groups-mismatch');
    expect(editIn(problem?.fixes?.[0]).args).toMatchObject({ value: best });
  });
});

describe('more than a person can read', () => {
  it('4,000 layers of one name: each is told a free name', () => {
    const text = spoiled((json) => {
      for (let i = 0; i < 4000; i++)
        json.graphs.main.nodes[`x${i}`] = {
          ...{ id: `x${i}`, typeVersion: 1, name: 'same', position: { x: 0, y: 0 } },
          ...{ type: 'ReLU', params: {} },
        };
    });
    const taken = problemsOf(text).filter(({ code }) => code === 'duplicate-name');
    expect(taken).toHaveLength(3999);
    expect(new Set(taken.map(({ fixes }) => fixes?.[0]?.label))).toEqual(new Set(['Rename it to “same_1”']));
  });

  it('90,000 unknown parameters: a few by name, the rest by number', () => {
    const text = spoiled((json) => Object.assign(convolution(json), many(90_000)));
    const unknown = problemsOf(text).filter(({ code }) => code === 'unknown-param');
    expect(unknown).toHaveLength(6);
    expect(unknown.at(-1)?.message).toContain('89,995 more');
  });

  it('50,000 wires that lead nowhere: the first ones, and how many more', () => {
    const text = spoiled((json) => {
      for (let i = 0; i < 50_000; i++)
        Object.assign(json.graphs.main.edges, {
          [`w${i}`]: { id: `w${i}`, source: 'gone', sourcePort: 'out', target: 'away', targetPort: 'in', order: 0 },
        });
    });
    const parsed = parseDocument(text);
    expect(parsed.ok && parsed.value.problems.length).toBe(21);
    expect(parsed.ok && parsed.value.problems.at(-1)?.message).toContain('49,980 more');
  });

  it('200,000 unknown keys are refused, whichever object has them', () => {
    for (const spoil of [
      (json: Json) => Object.assign(json, many(200_000)),
      (json: Json) => Object.assign(convolution(json), many(200_000)),
    ]) {
      const parsed = parseDocument(spoiled(spoil));
      expect(parsed.ok ? 'read' : parsed.error.code).toBe('document-too-large');
    }
  });

  it('texts of a megabyte do not make messages of a megabyte', () => {
    const long = 'x'.repeat(2 ** 20);
    const text = spoiled((json) => {
      Object.assign(convolution(json), { [long]: 1, filters: long, activation: long });
      json.graphs.main.nodes.odd = {
        ...{ id: 'other', typeVersion: 1, name: 'odd', position: { x: 0, y: 0 } },
        ...{ type: 'Dense', params: { [long]: long, units: [long] } },
      };
    });
    const parsed = parseDocument(text);
    const all = [...problemsOf(text), ...(parsed.ok ? parsed.value.problems : [])];
    expect(all.length).toBeGreaterThan(4);
    for (const { message, title, fixes = [] } of all)
      for (const words of [message, title, ...fixes.map(({ label }) => label)]) expect(words.length).toBeLessThan(1000);
  });

  it('settings nested 10,000 deep are refused in a sentence', () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const text = spoiled(() => {}).replace('"training":{', `"training":{"deep":${deep},`);
    const parsed = parseDocument(text);
    expect(parsed.ok ? 'read' : parsed.error.code).toBe('document-too-deep');
  });
});

describe('what people call things', () => {
  it('control characters in a design’s name do not reach the program written from it', () => {
    const parsed = parseDocument(
      spoiled((json) => {
        json.name = 'a\0b"""\u2028 \\N{x} \u0007\r\n\u0085 end"';
      }),
    );
    if (!parsed.ok) throw new Error(parsed.error.message);
    const code = writeKerasCode(parsed.value.document, null);
    expect(code.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    // One opening and one closing mark in the heading, and no backslash that is not doubled.
    expect(code.split('"""')[1]).toMatch(/^a b''' \\\\N\{x\} end':/);
  });

  it('keys inside an initializer are told of, and are no part of the program written from it', () => {
    const evil = '__import__("os").system("x") or a';
    const text = spoiled((json) => {
      convolution(json).kernelInitializer = { name: 'randomNormal', mean: 0.5, stddev: 0.25, [evil]: 1 };
    });
    const warning = problemsOf(text).find(({ code }) => code === 'unknown-param');
    expect(warning?.message).toContain(evil);
    const parsed = parseDocument(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const code = writeKerasCode(parsed.value.document, null);
    expect(code).not.toContain('system');
    expect(code).toContain('keras.initializers.RandomNormal(mean=0.5, stddev=0.25)');
  });
});
