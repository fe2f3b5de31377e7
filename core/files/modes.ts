import { statSync } from 'node:fs';

/** Of the data folder and what is in it: for its user alone. */
export const PRIVATE_FOLDER = 0o700;
/** Permissions of a file that only its owner may read. */
export const PRIVATE_FILE = 0o600;

/** Mode for a new file that shall be no more open than its folder: 0600 in a private folder. What the system masks is masked besides. */
export function fileModeIn(folder: string): number {
  return PRIVATE_FILE | (statSync(folder).mode & 0o066);
}
