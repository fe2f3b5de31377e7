import type { Action } from './action.ts';
import { BLOCK_ACTIONS, LEAVE_BLOCK } from './blockActions.ts';
import { EDIT_ACTIONS } from './editActions.ts';
import { FILE_ACTIONS } from './fileActions.ts';
import { GO_ACTIONS } from './goActions.ts';
import { HELP_ACTIONS } from './helpActions.ts';
import { TRAIN_ACTIONS } from './trainActions.ts';
import { VIEW_ACTIONS } from './viewActions.ts';

/** Every action, in the order lists show them. */
export const ACTIONS: readonly Action[] = [
  ...FILE_ACTIONS,
  ...BLOCK_ACTIONS,
  ...EDIT_ACTIONS,
  LEAVE_BLOCK,
  ...VIEW_ACTIONS,
  ...TRAIN_ACTIONS,
  ...GO_ACTIONS,
  ...HELP_ACTIONS,
];

const byId = new Map(ACTIONS.map((action) => [action.id, action]));

export function findAction(id: string): Action {
  const action = byId.get(id);
  if (action === undefined) throw new Error(`There is no action “${id}”.`);
  return action;
}

/** Performs an action by id if it is enabled now. Unknown ids, from an older native menu say, do nothing. */
export function performAction(id: string): void {
  const action = byId.get(id);
  if (action?.enabled() === true) action.perform();
}
