import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { type DatasetField, emptyDocument } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { outputParams } from '../../../renderer/actions/outputParams.ts';

const field = (name: string, role: 'input' | 'target', classes?: string[]): DatasetField => ({
  name,
  role,
  shape: role === 'input' ? [4] : [1],
  ...(classes && { classes }),
});
const graphWith = (...outputs: JsonObject[]) =>
  graphOf(
    outputs.reduce<ReturnType<typeof emptyDocument>>((document, params) => {
      const done = applyCommand(document, {
        command: 'addNode',
        args: { type: 'Output', position: { x: 0, y: 0 }, params },
      });
      if (!done.ok) throw new Error(done.error.message);
      return done.value.document;
    }, emptyDocument()),
  );

describe('a new Output', () => {
  const features = field('features', 'input');
  it('takes the loss of the target: numbers, two classes by one number, classes', () => {
    expect(outputParams([features, field('rent', 'target')], graphWith(), 1)).toEqual({ loss: 'meanSquaredError' });
    const two = field('kind', 'target', ['a', 'b']);
    expect(outputParams([features, two], graphWith(), 1)).toEqual({ loss: 'binaryCrossentropy' });
    expect(outputParams([features, two], graphWith(), 2)).toEqual({ loss: 'categoricalCrossentropy' });
    expect(outputParams([features, field('kind', 'target', ['a', 'b', 'c'])], graphWith(), 3)).toEqual({
      loss: 'categoricalCrossentropy',
    });
  });
  it('takes the target that no Output has yet', () => {
    const targets = [field('rent', 'target'), field('kind', 'target', ['a', 'b', 'c'])];
    expect(outputParams(targets, graphWith(), null)).toEqual({ loss: 'meanSquaredError', field: 'rent' });
    expect(outputParams(targets, graphWith({ field: 'rent' }), null)).toEqual({
      loss: 'categoricalCrossentropy',
      field: 'kind',
    });
  });
  it('keeps its defaults where there are no data', () => {
    expect(outputParams([], graphWith(), null)).toEqual({});
  });
});
