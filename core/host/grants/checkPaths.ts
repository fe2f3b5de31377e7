import { dirname, isAbsolute, resolve } from 'node:path';
import type { PathPurpose } from '../../pathSchema.ts';
import { wholePath } from '../documentFiles.ts';
import type { ChoiceId } from './choices.ts';
import { checkEnding, type Grants, refuseDevice } from './grants.ts';
import type { FoundPath } from './pathsIn.ts';
import { realPath } from './realPath.ts';
import { notGranted } from './refusals.ts';

/** The choice whose endings a path must have; those of exports are checked with the format, by who writes them. */
const ENDINGS: { readonly [P in PathPurpose]?: ChoiceId } = {
  design: 'design.open',
  designOfData: 'design.open',
  table: 'data.table',
};

/**
 * The one place where the paths of a message are compared with what was given.
 * @throws ProblemError `not-granted`, `file-kind`, or `path-not-absolute`; nothing has been read or written then
 */
export async function checkPaths(grants: Grants, paths: readonly FoundPath[]): Promise<void> {
  // Designs first: data may lie in the folder of one.
  const order = [...paths].sort((a, b) => Number(isData(a.purpose)) - Number(isData(b.purpose)));
  for (const { purpose, path, design } of order) {
    if (purpose === 'start') continue;
    const whole = isData(purpose) ? wholeDataPath(path, design) : wholePath(path);
    // Relative to a design that is in no folder yet: who reads it says so.
    if (whole === null) continue;
    const ending = ENDINGS[purpose];
    if (ending !== undefined) checkEnding(ending, whole);
    if (!(await grants.allows({ purpose, path: whole, design }))) throw notGranted(purpose, whole);
    if (ending !== undefined) checkEnding(ending, await realPath(whole));
    await refuseDevice(whole);
  }
}

const isData = (purpose: PathPurpose): boolean => purpose === 'table' || purpose === 'pictures';

function wholeDataPath(path: string, design: string | null): string | null {
  if (isAbsolute(path)) return wholePath(path);
  return design === null ? null : wholePath(resolve(dirname(wholePath(design)), path));
}
