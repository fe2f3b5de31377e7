import type { CommandDefinition } from './defineCommand.ts';
import { addNode } from './edits/addNode.ts';
import { batchOf } from './edits/batch.ts';
import { connect } from './edits/connect.ts';
import { deleteItems } from './edits/deleteItems.ts';
import { disconnect } from './edits/disconnect.ts';
import { insertAfter } from './edits/insertAfter.ts';
import { insertBefore } from './edits/insertBefore.ts';
import { insertOnEdge } from './edits/insertOnEdge.ts';
import { moveNodes } from './edits/moveNodes.ts';
import { moveOntoEdge } from './edits/moveOntoEdge.ts';
import { duplicateItems, pasteItems } from './edits/pasteItems.ts';
import { renameNode } from './edits/renameNode.ts';
import { reorderInput } from './edits/reorderInput.ts';
import { replaceLayer } from './edits/replaceLayer.ts';
import { setParam, setParams } from './edits/setParams.ts';
import { dropUnknownSetting, renameDocument, setData, setTraining } from './edits/settings.ts';

/** Every edit there is. A new command is one file and one line here. */
export const COMMANDS: readonly CommandDefinition[] = [
  addNode,
  connect,
  disconnect,
  deleteItems,
  moveNodes,
  setParam,
  setParams,
  renameNode,
  replaceLayer,
  insertOnEdge,
  moveOntoEdge,
  insertAfter,
  insertBefore,
  pasteItems,
  duplicateItems,
  reorderInput,
  setData,
  setTraining,
  dropUnknownSetting,
  renameDocument,
  batchOf(findCommand),
] as readonly CommandDefinition[];

const byName = new Map(COMMANDS.map((command) => [command.name, command]));

export function findCommand(name: string): CommandDefinition | undefined {
  return byName.get(name);
}
