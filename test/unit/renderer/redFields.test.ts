import { beforeEach, describe, expect, it } from 'vitest';
import { findTemplate } from '../../../core/templates/index.ts';
import { dispatch, redoOnce, showDocument, undoOnce, useDocument } from '../../../renderer/stores/documentStore.ts';
import { createFieldScope, followUndo, redFieldsOf, useRedFields } from '../../../renderer/stores/redFields.ts';
import { currentTrainState } from '../../../renderer/stores/trainState.ts';

const refusal = { text: 'lots', value: '4', message: 'Units needs a whole number.' };
const red = () => redFieldsOf(useRedFields.getState().fields, useDocument.getState().document);
const scopeOf = (nodeId: string) =>
  createFieldScope({ room: 'design', nodeId, graphId: useDocument.getState().graphId });
const later = () => new Promise((resolve) => setTimeout(resolve));
followUndo();

beforeEach(() => {
  const xor = findTemplate('xor-mlp')?.create();
  if (xor === undefined) throw new Error('There is no such template.');
  showDocument(xor, { path: null, saved: true });
});

describe('a red field', () => {
  it('stands in the way of training, and is named with its layer, its text and what would count', () => {
    scopeOf('n2').keeper.set('Units', refusal);
    const { obstacle } = currentTrainState();
    expect(obstacle).toMatchObject({ room: 'design', field: { nodeId: 'n2', label: 'Units' } });
    expect(obstacle?.message).toMatch(/^“Units” of dense_1 cannot be “lots”: Units needs a whole number\..* with 4,/);
  });

  it('is another in every form, and goes when its text is taken', () => {
    const [first, second] = ['n2', 'n3'].map((nodeId) => scopeOf(nodeId).keeper);
    first?.set('Units', refusal);
    second?.set('Units', { ...refusal, text: '-1' });
    expect(red().map(({ text }) => text)).toEqual(['lots', '-1']);
    first?.set('Units', null);
    expect(red().map(({ text }) => text)).toEqual(['-1']);
    expect(first?.get('Units')).toBeUndefined();
  });

  it('stays when its form leaves the screen, and goes when it alone does', async () => {
    const scope = createFieldScope({ room: 'train', nodeId: null, graphId: null });
    scope.keeper.set('Momentum', refusal);
    const hide = scope.show();
    const leave = scope.keeper.enter('Momentum');
    leave();
    hide();
    await later();
    expect(red()).toHaveLength(1);
    scope.show();
    scope.keeper.enter('Momentum')();
    await later();
    expect(red()).toEqual([]);
  });

  it('goes with its layer, with undo, and with the document; an edit elsewhere leaves it', () => {
    const set = () => scopeOf('n2').keeper.set('Units', refusal);
    set();
    dispatch({ command: 'setTraining', args: { training: { epochs: 7 } } });
    expect(red()).toHaveLength(1);
    undoOnce();
    expect(red()).toEqual([]);
    redoOnce();
    set();
    dispatch({ command: 'deleteItems', args: { nodeIds: ['n2'], edgeIds: [], relink: true } });
    expect(red()).toEqual([]);
    expect(currentTrainState().obstacle?.field).toBeUndefined();
    const { document } = useDocument.getState();
    createFieldScope({ room: 'train', nodeId: null, graphId: null }).keeper.set('Epochs', refusal);
    showDocument(document, { path: null, saved: true });
    expect(red()).toEqual([]);
  });
});
