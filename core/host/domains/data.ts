import type { Handlers } from '../../rpc/index.ts';
import type { dataMethods } from '../contract/data.ts';
import type { EngineKeeper } from '../engineKeeper.ts';
import { baseDirOf } from './baseDirOf.ts';

export function dataHandlers(services: EngineKeeper): Handlers<typeof dataMethods> {
  return {
    'data.describe': ({ settings, documentPath }, call) =>
      services.call('data.describe', { settings, baseDir: baseDirOf(documentPath) }, call),
    'data.preview': ({ documentPath, ...part }, call) =>
      services.call('data.preview', { ...part, baseDir: baseDirOf(documentPath) }, call),
  };
}
