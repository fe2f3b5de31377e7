import type { LayerType } from '../../catalogue/index.ts';
import { batch, edit } from '../../edits.ts';
import type { EditFix } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

/** One-click remedies as edits. Commands are named here and nowhere else in the rules. */
export const setParam = (label: string, nodeId: string, param: string, value: JsonValue): EditFix => ({
  label,
  edit: edit('setParam', { nodeId, param, value }),
});

export const insertOnEdge = (label: string, edgeId: string, type: LayerType, params: JsonObject = {}): EditFix => ({
  label,
  edit: edit('insertOnEdge', { edgeId, type, params }),
});

export const insertBefore = (label: string, nodeId: string, type: LayerType, params: JsonObject = {}): EditFix => ({
  label,
  edit: edit('insertBefore', { nodeId, type, params }),
});

export const insertAfter = (label: string, nodeId: string, type: LayerType, params: JsonObject = {}): EditFix => ({
  label,
  edit: edit('insertAfter', { nodeId, type, params }),
});

export const replaceLayer = (label: string, nodeId: string, type: LayerType, params: JsonObject = {}): EditFix => ({
  label,
  edit: edit('replaceLayer', { nodeId, type, params }),
});

export const addNode = (label: string, type: LayerType, params: JsonObject = {}): EditFix => ({
  label,
  edit: edit('addNode', { type, position: { x: 0, y: 0 }, params }),
});

export const deleteNode = (label: string, nodeId: string): EditFix => ({
  label,
  edit: edit('deleteItems', { nodeIds: [nodeId], edgeIds: [], relink: true }),
});

export const disconnect = (label: string, edgeId: string): EditFix => ({ label, edit: edit('disconnect', { edgeId }) });

export const renameNode = (label: string, nodeId: string, name: string): EditFix => ({
  label,
  edit: edit('renameNode', { nodeId, name }),
});

export const setData = (label: string, data: JsonObject): EditFix => ({ label, edit: edit('setData', { data }) });

export const setTraining = (label: string, training: JsonObject): EditFix => ({
  label,
  edit: edit('setTraining', { training }),
});

/** Several edits in one click, in this order. */
export function together(label: string, ...fixes: readonly EditFix[]): EditFix {
  const [first, ...more] = fixes;
  if (first !== undefined && more.length === 0) return { ...first, label };
  const calls = fixes.flatMap(({ edit: one }) => (one.command === 'batch' ? one.args.calls : [one]));
  return { label, edit: batch(label, ...calls) };
}

export const dropUnknownSetting = (label: string, path: readonly string[]): EditFix => ({
  label,
  edit: edit('dropUnknownSetting', { path }),
});
