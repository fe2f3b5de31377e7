import type { Evaluation } from '../../engine/index.ts';
import { chooseWeights, findRun, type Weights } from '../findRun.ts';
import type { Output } from '../output.ts';
import { formatCount, formatMetric, formatTable } from '../table.ts';
import { withEngine } from '../withEngine.ts';

/** `layerloom evaluate RUN`: metrics, confusion matrix and per-class figures of a trained run on one part of its data. */
export async function evaluate(
  argument: string,
  options: { readonly split: Evaluation['split']; readonly weights?: Weights },
  output: Output,
): Promise<void> {
  const run = await findRun(argument);
  const params = { runDir: run.dir, split: options.split, weights: chooseWeights(run, options.weights) };
  const evaluation = await withEngine((engine) => engine.call('evaluate', params));
  output.data({ run: run.name, ...evaluation });
  if (output.json) return;

  output.line(`${run.name}: ${formatCount(evaluation.samples)} samples of the ${evaluation.split} part`);
  for (const [name, value] of Object.entries(evaluation.metrics))
    output.line(`${name.padEnd(12)}${formatMetric(value)}`);
  if (evaluation.perClass.length === 0) return;
  output.line();
  const figures = ['Precision', 'Recall', 'F1', 'Samples'].map((title) => ({ title, align: 'right' }) as const);
  const rows = evaluation.perClass.map(({ name, precision, recall, f1, support }) => [
    name,
    ...[precision, recall, f1].map((value) => value.toFixed(3)),
    formatCount(support),
  ]);
  for (const line of formatTable([{ title: 'Class' }, ...figures], rows)) output.line(line);
  if (evaluation.confusion === null || evaluation.confusion.classes.length > 20) return;
  output.line();
  const { classes, matrix } = evaluation.confusion;
  const predicted = classes.map((title) => ({ title, align: 'right' }) as const);
  const counts = matrix.map((row, i) => [classes[i] ?? '', ...row.map(String)]);
  for (const line of formatTable([{ title: 'True \\ predicted' }, ...predicted], counts)) output.line(line);
}
