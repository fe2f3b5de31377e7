import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { documentSchema } from '../../document/index.ts';
import type { ModelSource } from '../../engine/index.ts';
import { ProblemError, toProblem } from '../../errors.ts';
import type { ExportFormat } from '../../formats/index.ts';
import { openDesign } from '../designs.ts';
import { chooseWeights, findRun, type Weights } from '../findRun.ts';
import type { Output } from '../output.ts';
import { formatBytes } from '../table.ts';
import { withEngine } from '../withEngine.ts';

/** `layerloom export RUN|FILE --to FORMAT -o PATH`: a trained run, or a design with freshly initialised weights. */
export async function exportModel(
  argument: string,
  options: { readonly to: ExportFormat; readonly out: string; readonly weights?: Weights; readonly force?: boolean },
  output: Output,
): Promise<void> {
  const source = await modelSource(argument, options.weights);
  const path = resolve(options.out);
  const replace = options.force === true;
  const files = await withEngine((engine) =>
    engine.call('export.write', { source, format: options.to, path, replace }),
  ).catch(nameForce);
  output.data({ path, format: options.to, files: files.map(({ name, bytes }) => ({ name, bytes })) });
  for (const { name, bytes } of files) output.line(`${name === '' ? path : join(path, name)}  ${formatBytes(bytes)}`);
}

/** Says of what is there already how it is replaced here. */
function nameForce(error: unknown): never {
  const problem = toProblem(error);
  if (problem.code !== 'export-exists') throw error;
  throw new ProblemError({
    ...problem,
    severity: 'error',
    message: `${problem.facts?.path} is there already. Choose another name with -o, or replace it with --force.`,
  });
}

/** A file is a design; anything else means a run. */
async function modelSource(argument: string, weights: Weights | undefined): Promise<ModelSource> {
  const isFile = await stat(argument).then(
    (info) => info.isFile(),
    () => false,
  );
  if (!isFile && !argument.endsWith('.loom')) {
    const run = await findRun(argument);
    return { kind: 'run', runDir: run.dir, weights: chooseWeights(run, weights) };
  }
  const { document, path } = await openDesign(argument);
  // Parsed again only for its type: messages carry mutable arrays.
  return { kind: 'document', document: documentSchema.parse(document), baseDir: dirname(path) };
}
