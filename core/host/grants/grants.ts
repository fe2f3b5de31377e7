import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, sep } from 'node:path';
import type { PathPurpose } from '../../pathSchema.ts';
import { wholePath } from '../documentFiles.ts';
import { CHOICES, type ChoiceId, withEnding } from './choices.ts';
import { isHidden, realPath, wayDown } from './realPath.ts';
import { notAFile, wrongEnding } from './refusals.ts';
import type { RememberedData } from './rememberedData.ts';

/** What the host itself has kept of files that windows worked with. */
export interface KeptGrants {
  /** Whether a design is in the list of recent files, and leads where it led then. */
  isRecent(path: string, real: string): Promise<boolean>;
  readonly data: RememberedData;
}

/** What is asked for: a path as it was sent, whole, and the design from whose folder it starts. */
export interface AskedPath {
  readonly purpose: Exclude<PathPurpose, 'start'>;
  readonly path: string;
  readonly design: string | null;
}

export interface Grants {
  /**
   * Gives windows what a person chose, in a dialog or on the command line. Returns it as a whole path, with its ending where one is to be
   * written.
   * @throws ProblemError `path-not-absolute`, or `file-kind` for what the choice is not for
   */
  give(what: ChoiceId, path: string): Promise<string>;
  /** Whether windows may use this. */
  allows(asked: AskedPath): Promise<boolean>;
}

/** What the windows of a host may read and write: nothing but what was given to them. Kept as real paths, so that no link leads out. */
export function createGrants(kept: KeptGrants): Grants {
  const given = new Set<string>();
  const key = (purpose: PathPurpose, real: string) => `${purpose} ${real}`;
  const has = (purpose: PathPurpose, real: string) => given.has(key(purpose, real));

  /** A folder that was given holds whatever is below it. */
  const hasAbove = (purpose: PathPurpose, real: string): boolean => {
    if (has(purpose, real)) return true;
    const parent = dirname(real);
    return parent !== real && hasAbove(purpose, parent);
  };

  const allowsData = async (purpose: 'table' | 'pictures', real: string, design: string | null): Promise<boolean> => {
    const chosen = hasAbove(purpose, real);
    if (design === null) return chosen;
    if (await liesBeside(design, purpose, real)) return true;
    const realDesign = await realPath(design);
    if (!chosen) return kept.data.has(realDesign, real);
    await kept.data.add(realDesign, real);
    return true;
  };

  return {
    give: async (what, path) => {
      const whole = await checkChoice(what, path);
      given.add(key(CHOICES[what].purpose, await realPath(whole)));
      return whole;
    },
    allows: async ({ purpose, path, design }) => {
      const real = await realPath(path);
      switch (purpose) {
        case 'design':
        case 'designOfData':
          return has('design', real) || kept.isRecent(path, real);
        case 'table':
        case 'pictures':
          return allowsData(purpose, real, design);
        case 'export':
          return hasAbove('export', real);
      }
    },
  };
}

/**
 * Whether data lie in the folder of a design, or below it. Hidden files are nobody's data. Below the home folder lies everything that the
 * person has: a design that is saved there has the tables beside it, and nothing else.
 */
async function liesBeside(design: string, purpose: 'table' | 'pictures', real: string): Promise<boolean> {
  const folder = await realPath(dirname(design));
  const way = wayDown(folder, real);
  if (way === null || isHidden(way)) return false;
  const wide = wayDown(folder, await realPath(homedir())) !== null;
  return !wide || (purpose === 'table' && !way.includes(sep));
}

/**
 * Whether a path can be what somebody was asked to choose. Returns it whole, with its ending where it is to be written.
 * @throws ProblemError `path-not-absolute`, `file-kind`
 */
export async function checkChoice(what: ChoiceId, path: string): Promise<string> {
  const whole = withEnding(CHOICES[what], wholePath(path));
  checkEnding(what, whole);
  checkEnding(what, await realPath(whole));
  await refuseDevice(whole);
  return whole;
}

/** @throws ProblemError `file-kind` */
export function checkEnding(what: ChoiceId, path: string): void {
  const { extensions, called } = CHOICES[what];
  const ending = extname(path).slice(1).toLowerCase();
  if (extensions.length > 0 && !extensions.includes(ending)) throw wrongEnding(path, `a ${called}`, extensions);
}

/** What would never end when it is read, or do something when it is written. @throws ProblemError `file-kind` */
export async function refuseDevice(path: string): Promise<void> {
  const stats = await stat(path).catch(() => null);
  if (stats !== null && !stats.isFile() && !stats.isDirectory()) throw notAFile(path);
}
