import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { modelName, type Network, resolveNetwork } from '../../graph/index.ts';
import { atom, call, list, named } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { docstringText, number, string } from '../python/literals.ts';
import { blockProgram } from './blocks/blockProgram.ts';
import type { ProgramOfRun, ReadData } from './context.ts';
import { digitsCode, irisCode, xorCode } from './data/builtin.ts';
import type { DataCode } from './data/dataCode.ts';
import { folderCode } from './data/folder.ts';
import { randomCode } from './data/random.ts';
import { tableCode } from './data/table.ts';
import { compileArguments, type HeadCode, headCode } from './heads.ts';
import { networkCode } from './network.ts';
import { optimizerCode } from './optimizer.ts';
import { scheduleCode } from './schedule.ts';
import { splitCode } from './split.ts';
import { targetScaling } from './targetScaling.ts';

/**
 * One Python program for Keras 3 that builds the document's network, loads and prepares the same data, trains with the same
 * settings on the same samples, tests and saves. Layers keep their names; what Keras assumes anyway is left out.
 *
 * Two things differ from a run of the app: initial weights and the order of batches come from Keras's own random numbers.
 * @param read what was read of its data; null for a design without any, whose program trains on random numbers
 * @param run of a trained run: what it adds
 * @throws ProblemError when the design has errors, holds a layer that Keras lacks, or has data that cannot be trained with
 */
export function writeKerasCode(design: LoomDocument, read: ReadData | null, run: ProgramOfRun | null = null): string {
  const document = dealtOut(design, read);
  const resolved = resolveNetwork(document);
  if (!resolved.ok) throw new ProblemError(resolved.error);
  const network = resolved.value;
  const data = dataCode(document, network, read, run);
  const name = modelName(document);
  const others = [
    ...data.functions,
    ...(data.dealt ? [] : [splitCode(document.data.split)]),
    mainCode(document, network, data, read, name),
    ['if __name__ == "__main__":', '    main()'],
  ];
  const program = blockProgram(network, name, words(others));
  const blocks = [...(program?.functions ?? [networkCode(network, name)]), ...others];
  const { standardImports } = scheduleCode(document.training, true);
  const modules = imports(data, [...standardImports, ...(program?.math === true ? ['import math'] : [])]);
  const head = [heading(document, read, data, run), '', ...modules, '', ...constants(document, data)];
  return `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n\n')}\n`;
}

/** Every word of a program: none of them can be the name of something else in it. */
function words(program: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(program.flat().flatMap((line) => line.match(/[A-Za-z_]\w*/g) ?? []))];
}

/** A part of a folder of pictures that has a folder of its own takes no fraction. */
function dealtOut(document: LoomDocument, read: ReadData | null): LoomDocument {
  if (read?.layout?.kind !== 'pictures') return document;
  const { data } = document;
  return { ...document, data: { ...data, split: { ...data.split, ...read.layout.fractions } } };
}

function dataCode(document: LoomDocument, network: Network, read: ReadData | null, run: ProgramOfRun | null): DataCode {
  const { source } = document.data;
  if (source.kind === 'builtin' && source.id === 'digits') return digitsCode(document.data);
  if (source.kind === 'builtin' && source.id === 'iris') return irisCode(document.data);
  if (source.kind === 'builtin' && source.id === 'xor') return xorCode(document.data);
  if (source.kind === 'none' || read === null) return randomCode(network);
  const { layout } = read;
  if (layout?.kind === 'pictures') return folderCode(document.data, network, layout, run?.partsFile ?? null);
  if (layout?.kind === 'table') return tableCode(document.data, layout, run?.partsFile ?? null);
  const problem = read.problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) throw new Error('data without an error should have a layout');
  throw new ProblemError({ ...problem, severity: 'error' });
}

function heading(document: LoomDocument, read: ReadData | null, data: DataCode, run: ProgramOfRun | null): string {
  const on = read
    ? `\nData: ${docstringText(read.summary.name)}, ${samplesOf(read, run)} samples.${origin(data, run)}`
    : '';
  return `"""${docstringText(document.name)}: built, trained and tested with Keras 3. Made with Layerloom.
${on}
Needs: pip install ${['keras', 'tensorflow', 'numpy', ...data.packages].join(' ')}
"""`;
}

/** A run's program counts those of its parts: what else the data hold is not trained with. */
function samplesOf({ summary, splits }: ReadData, run: ProgramOfRun | null): number {
  return run === null || run.unrecorded === true ? summary.samples : splits.train + splits.validation + splits.test;
}

/** Whose parts the program trains, validates and tests with, where it is that of a run. */
function origin({ dealt }: DataCode, run: ProgramOfRun | null): string {
  if (dealt)
    return `
Training, validation and test samples are those of the run, as ${docstringText(run?.partsFile ?? '')} says; others in
the data are left out.`;
  if (run?.unrecorded !== true) return '';
  return `
The run has no record of its samples: this assumes that the data are still those it
learned from, and deals them out as they are found.`;
}

function imports(data: DataCode, more: readonly string[]): string[] {
  const all = [...(data.dealt ? [] : ['import math']), ...data.standardImports, ...more];
  const standard = [...new Set(all)].sort(byModule);
  const others = ['import keras', 'import numpy as np', 'from keras import layers', ...data.imports].sort(byModule);
  return [...standard, '', ...others];
}

/** Plain imports before `from` imports, each by name, as isort has them. */
function byModule(a: string, b: string): number {
  return Number(a.startsWith('from')) - Number(b.startsWith('from')) || (a < b ? -1 : 1);
}

function constants({ training, data: { split } }: LoomDocument, data: DataCode): string[] {
  return [
    `SEED = ${training.seed}`,
    `BATCH_SIZE = ${training.batchSize}`,
    `EPOCHS = ${training.epochs}`,
    ...(data.dealt
      ? []
      : [
          `SPLIT_SEED = ${split.seed}`,
          `VALIDATION_FRACTION = ${flatNumber(split.validation)}`,
          `TEST_FRACTION = ${flatNumber(split.test)}`,
        ]),
    ...data.constants,
  ];
}

function flatNumber(value: number): string {
  return statement('', number(value)).join('');
}

function mainCode(
  document: LoomDocument,
  network: Network,
  data: DataCode,
  read: ReadData | null,
  name: string,
): string[] {
  const { training } = document;
  const { split } = document.data;
  const has = {
    validation: (read?.splits ?? split).validation > 0,
    test: (read?.splits ?? split).test > 0,
  };
  const heads = network.outputs.map((head, index) => headCode(head, index, data));
  const targets = targetScaling(heads, network.inputs.length);
  const part = parts(network, heads, data, training.shuffle);
  const schedule = scheduleCode(training, has.validation);
  const fit = call('model.fit', [
    ...part.arguments('train').map((text) => ({ value: atom(text) })),
    ...(data.batched ? [] : [named('batch_size', atom('BATCH_SIZE'))]),
    named('epochs', atom('EPOCHS')),
    ...(training.shuffle || data.batched ? [] : [named('shuffle', atom('False'))]),
    ...(has.validation ? [named('validation_data', part.pair('validation'))] : []),
    ...(schedule.callbacks.length > 0 ? [named('callbacks', list(schedule.callbacks))] : []),
  ]);
  const tested = has.test ? 'test' : has.validation ? 'validation' : 'train';
  const evaluate = call('model.evaluate', [
    ...part.arguments(tested).map((text) => ({ value: atom(text) })),
    ...(data.batched ? [] : [named('batch_size', atom('BATCH_SIZE'))]),
    named('return_dict', atom('True')),
  ]);
  return [
    'def main():',
    '    keras.utils.set_random_seed(SEED)',
    ...data.load,
    ...part.prepare,
    ...targets.before,
    '',
    '    model = build_model()',
    '    model.summary()',
    ...schedule.before,
    ...optimizerCode(training, schedule.rate, network),
    ...statement('', call('model.compile', [named('optimizer', atom('optimizer')), ...compileArguments(heads)]), 4),
    ...statement('', fit, 4),
    ...targets.after,
    '',
    ...statement('metrics = ', evaluate, 4),
    '    for metric, value in metrics.items():',
    `        print(f"${tested === 'train' ? 'training' : tested} {metric}: {value:.4f}")`,
    ...statement('', call('model.save', [{ value: string(`${name}.keras`) }]), 4),
  ];
}

/** How the program picks one part's inputs and targets: by plain indexing, or by a helper where there are several of either. */
function parts(network: Network, heads: readonly HeadCode[], data: DataCode, shuffle: boolean) {
  const inputs = network.inputs.map((_, index) => data.input(index));
  const [input = ''] = inputs;
  const [head] = heads;
  if (inputs.length === 1 && heads.length === 1 && head) {
    const plain = /^\w+$/.test(input) && /^\w+$/.test(head.targets);
    const batches = (part: string) =>
      `batches(features[${part}], targets[${part}]${part === 'train' && shuffle ? ', shuffle=True' : ''})`;
    return {
      prepare: plain
        ? []
        : [
            ...(input === 'features' ? [] : [`    features = ${input}`]),
            ...(head.targets === 'targets' ? [] : [`    targets = ${head.targets}`]),
          ],
      arguments: (part: string) => (data.batched ? [batches(part)] : [`features[${part}]`, `targets[${part}]`]),
      pair: (part: string) => atom(data.batched ? batches(part) : `(features[${part}], targets[${part}])`),
    };
  }
  return {
    prepare: [
      ...statement('inputs = ', { kind: 'group', open: '[', items: inputs.map((text) => ({ value: atom(text) })) }, 4),
      ...statement(
        'outputs = ',
        { kind: 'group', open: '[', items: heads.map(({ targets }) => ({ value: atom(targets) })) },
        4,
      ),
      '',
      '    def part(samples):',
      '        return [x[samples] for x in inputs], [y[samples] for y in outputs]',
    ],
    arguments: (name: string) => [`*part(${name})`],
    pair: (name: string) => atom(`part(${name})`),
  };
}
