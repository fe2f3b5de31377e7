import { describe, expect, it } from 'vitest';
import { analyse } from '../../../core/graph/index.ts';
import { leftOut, leftOutText } from '../../../renderer/actions/leftOut.ts';
import { edited } from '../../edits.ts';
import { chain, wire } from '../graph/smallDesigns.ts';

describe('layers that a training goes without', () => {
  const whole = chain(['Input', { shape: [4] }], ['Dense', { units: 2 }], ['Output']);
  const add = (document: typeof whole, type: string) =>
    edited(document, 'addNode', { type, position: { x: 0, y: 300 } });
  const found = (document: typeof whole) =>
    leftOut(analyse({ document, dataset: null }).problems).map(({ nodeId }) => nodeId);

  it('are none where all are wired', () => expect(found(whole)).toEqual([]));
  it('are those where nothing arrives, what hangs on them, and dead ends', () => {
    const branch = wire(add(add(whole, 'Dense'), 'ReLU'), 'n4', 'n5');
    const both = wire(add(branch, 'Sigmoid'), 'n1', 'n6');
    expect([...found(both)].sort()).toEqual(['n4', 'n5', 'n6']);
  });
  it('are no layers that stop the training: those are told of as what is in the way', () => {
    expect(found(chain(['Dense', { units: 2 }], ['Output']))).toEqual([]);
  });
  it('are named, many of them counted', () => {
    expect(leftOutText(['relu_1'])).toBe(
      '“relu_1” is on no path from an Input to an Output, so the training goes on without it. Wire it up, or delete it.',
    );
    expect(leftOutText(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toMatch(/^“a”, “b”, “c”, “d”, “e” and 2 more are on /);
  });
});
