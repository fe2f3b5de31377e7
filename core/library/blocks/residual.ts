import type { Sketch, Step } from '../sketch.ts';

/** What residual blocks say alike. */
export const RESIDUAL = {
  hue: 262,
  glyph: 'add',
  tags: ['residual', 'resnet', 'skip', 'shortcut'],
} as const;

/**
 * A branch that is added to what goes around it, by way of the layers of `shortcut`, which run above.
 * @param after what the sum goes through
 */
export function drawResidual(
  sketch: Sketch,
  {
    branch,
    shortcut = [],
    after = [],
  }: {
    readonly branch: readonly Step[];
    readonly shortcut?: readonly Step[];
    readonly after?: readonly Step[];
  },
): void {
  const from = sketch.input('in', { column: 0, row: 1 });
  const learnt = sketch.chain(from, { column: 1, row: 1 }, branch);
  const around = shortcut.length === 0 ? from : sketch.chain(from, { column: 2 }, shortcut);
  const at = branch.length + 1;
  const sum = sketch.layer('Add', { column: at, row: 1 }, [learnt, around], {}, 'add');
  const end = after.length === 0 ? sum : sketch.chain(sum, { column: at + 1, row: 1 }, after);
  sketch.output('out', { column: at + 1 + after.length, row: 1 }, end);
}
