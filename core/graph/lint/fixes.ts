import type { LayerType } from '../../catalogue/index.ts';
import type { Fix } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

/** One-click remedies as command calls. Commands are named here and nowhere else in the rules. */
export const setParam = (label: string, nodeId: string, param: string, value: JsonValue): Fix =>
  fix(label, 'setParam', { nodeId, param, value });

export const insertOnEdge = (label: string, edgeId: string, type: LayerType, params: JsonObject = {}): Fix =>
  fix(label, 'insertOnEdge', { edgeId, type, params });

export const insertBefore = (label: string, nodeId: string, type: LayerType, params: JsonObject = {}): Fix =>
  fix(label, 'insertBefore', { nodeId, type, params });

export const insertAfter = (label: string, nodeId: string, type: LayerType, params: JsonObject = {}): Fix =>
  fix(label, 'insertAfter', { nodeId, type, params });

export const replaceLayer = (label: string, nodeId: string, type: LayerType, params: JsonObject = {}): Fix =>
  fix(label, 'replaceLayer', { nodeId, type, params });

export const addNode = (label: string, type: LayerType, params: JsonObject = {}): Fix =>
  fix(label, 'addNode', { type, position: { x: 0, y: 0 }, params });

export const deleteNode = (label: string, nodeId: string): Fix =>
  fix(label, 'deleteItems', { nodeIds: [nodeId], edgeIds: [], relink: true });

export const disconnect = (label: string, edgeId: string): Fix => fix(label, 'disconnect', { edgeId });

export const renameNode = (label: string, nodeId: string, name: string): Fix =>
  fix(label, 'renameNode', { nodeId, name });

export const setData = (label: string, data: JsonObject): Fix => fix(label, 'setData', { data });

export const setTraining = (label: string, training: JsonObject): Fix => fix(label, 'setTraining', { training });

/** Several edits in one click, in this order. */
export const together = (label: string, ...fixes: readonly Fix[]): Fix =>
  fixes.length === 1 && fixes[0] !== undefined
    ? { ...fixes[0], label }
    : fix(label, 'batch', { label, calls: fixes.map(({ call }) => ({ command: call.command, args: call.args })) });

export const dropUnknownSetting = (label: string, path: readonly string[]): Fix =>
  fix(label, 'dropUnknownSetting', { path: [...path] });

function fix(label: string, command: string, args: JsonObject): Fix {
  return { label, call: { command, args } };
}
