import type { Edit, EditName } from '../edits.ts';
import { ProblemError, problemIn } from '../errors.ts';
import type { CommandDefinition, DocumentDraft, Outcome } from './defineCommand.ts';
import { addBlock } from './edits/addBlock.ts';
import { addNode } from './edits/addNode.ts';
import { batchOf } from './edits/batch.ts';
import { removeBlockParameter, renameBlockParameter, setBlockParameter } from './edits/blockParameters.ts';
import { connect } from './edits/connect.ts';
import { deleteBlock, makeUnique, setBlock } from './edits/definitions.ts';
import { deleteItems } from './edits/deleteItems.ts';
import { disconnect } from './edits/disconnect.ts';
import { expandBlock } from './edits/expandBlock.ts';
import { groupIntoBlock } from './edits/groupIntoBlock.ts';
import { insertAfter } from './edits/insertAfter.ts';
import { insertBefore } from './edits/insertBefore.ts';
import { insertOnEdge } from './edits/insertOnEdge.ts';
import { moveNodes } from './edits/moveNodes.ts';
import { moveOntoEdge } from './edits/moveOntoEdge.ts';
import { movePort } from './edits/movePort.ts';
import { duplicateItems, pasteItems } from './edits/pasteItems.ts';
import { renameNode } from './edits/renameNode.ts';
import { reorderInput } from './edits/reorderInput.ts';
import { replaceLayer } from './edits/replaceLayer.ts';
import { setParam, setParams } from './edits/setParams.ts';
import { dropUnknownSetting, renameDocument, setData, setTraining } from './edits/settings.ts';
import { setUseValue } from './edits/setUseValue.ts';
import { swapWithNext } from './edits/swapWithNext.ts';
import { turnIntoParameter } from './edits/turnIntoParameter.ts';
import { unwrapResidual, wrapResidual } from './edits/wrapResidual.ts';

/** How each edit is done. The compiler asks for one for every name in `EDITS`. */
const COMMANDS: { readonly [K in EditName]: CommandDefinition<K> } = {
  addNode,
  addBlock,
  groupIntoBlock,
  expandBlock,
  makeUnique,
  setBlock,
  deleteBlock,
  movePort,
  wrapResidual,
  unwrapResidual,
  setUseValue,
  setBlockParameter,
  renameBlockParameter,
  removeBlockParameter,
  turnIntoParameter,
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
  swapWithNext,
  setData,
  setTraining,
  dropUnknownSetting,
  renameDocument,
  batch: batchOf(perform),
};

/** Does an edit whose arguments have been checked. What is refused names the graph, where the edit does. */
export function perform<K extends EditName>(draft: DocumentDraft, edit: Edit<K>): Outcome {
  const command: CommandDefinition<K> = COMMANDS[edit.command];
  try {
    return command.run(draft, edit.args);
  } catch (thrown) {
    const graph = 'graph' in edit.args ? edit.args.graph : undefined;
    if (graph === undefined || !(thrown instanceof ProblemError)) throw thrown;
    throw new ProblemError(problemIn(thrown.problem, graph));
  }
}
