import type { ModelSource } from '../../engine/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import type { RunStore } from '../../runs/node.ts';
import type { ExportSource, modelMethods } from '../contract/models.ts';
import { wholePath } from '../documentFiles.ts';
import type { EngineKeeper } from '../engineKeeper.ts';
import { baseDirOf } from './baseDirOf.ts';
import { existingRunDir } from './existingRunDir.ts';

export function modelHandlers(runs: RunStore, services: EngineKeeper): Handlers<typeof modelMethods> {
  const modelSource = async (source: ExportSource): Promise<ModelSource> =>
    source.kind === 'document'
      ? { kind: 'document', document: source.document, baseDir: baseDirOf(source.documentPath) }
      : { kind: 'run', runDir: await existingRunDir(runs, source.runId), weights: source.weights };
  return {
    evaluate: async ({ runId, split, weights }, call) =>
      services.call('evaluate', { runDir: await existingRunDir(runs, runId), split, weights }, call),
    predict: async ({ runId, weights, inputs }, call) =>
      services.call('predict', { runDir: await existingRunDir(runs, runId), weights, inputs }, call),
    'runs.weights': async ({ runId, ...wanted }, call) =>
      services.call('run.weights', { ...wanted, runDir: await existingRunDir(runs, runId) }, call),
    'export.preview': async ({ source, format }, call) =>
      services.call('export.preview', { source: await modelSource(source), format }, call),
    'export.write': async ({ source, format, path, replace }, call) => {
      const params = { source: await modelSource(source), format, path: wholePath(path), replace };
      return services.call('export.write', params, call);
    },
  };
}
