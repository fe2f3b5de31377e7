import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** The user's data folder: settings, autosaves and runs. The environment variable LAYERLOOM_HOME puts it elsewhere. */
export function userHome(): string {
  const chosen = process.env.LAYERLOOM_HOME;
  return chosen ? resolve(chosen) : envPaths('Layerloom', { suffix: '' }).data;
}
