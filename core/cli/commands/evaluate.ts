import { dataChangesText } from '../../data/index.ts';
import type { Evaluation, HeadEvaluation } from '../../engine/index.ts';
import { chooseWeights, findRun, type Weights } from '../findRun.ts';
import { type Output, problemLines } from '../output.ts';
import { formatCount, formatMetric, formatPairs, formatTable } from '../table.ts';
import { withEngine } from '../withEngine.ts';

/** Larger confusion matrices do not fit a terminal. */
const MOST_CLASSES = 20;

/** `layerloom evaluate RUN`: metrics of a trained run on one part of its data, and each head's confusion matrix and per-class figures. */
export async function evaluate(
  argument: string,
  options: { readonly split: Evaluation['split']; readonly weights?: Weights },
  output: Output,
): Promise<void> {
  const run = await findRun(argument);
  const params = { runDir: run.dir, split: options.split, weights: chooseWeights(run, options.weights) };
  const evaluation = await withEngine((engine) => engine.call('evaluate', params));
  output.data({ run: run.name, ...evaluation, ...onlyOf(evaluation.heads) });
  if (output.json) return;

  output.line(`${run.name}: ${formatCount(evaluation.samples)} samples of the ${evaluation.split} part`);
  const changed = evaluation.dataChanges === null ? null : dataChangesText(evaluation.dataChanges);
  if (changed !== null) output.line(changed);
  for (const line of problemLines(evaluation.findings, (id) => id)) output.line(line);
  const metrics = Object.entries(evaluation.metrics).map(([name, value]) => [name, formatMetric(value)] as const);
  for (const line of formatPairs(metrics)) output.line(line);
  for (const head of evaluation.heads) writeHead(head, evaluation.heads.length > 1, output);
}

/** What a script reads of a design with one head it finds beside the metrics, without a list of one around it. */
function onlyOf(heads: readonly HeadEvaluation[]): Partial<HeadEvaluation> {
  const [only] = heads;
  if (only === undefined || heads.length > 1) return {};
  const { confusion, perClass, regression, predictions } = only;
  return { confusion, perClass, regression, predictions };
}

function writeHead(head: HeadEvaluation, named: boolean, output: Output): void {
  if (head.perClass.length === 0 && head.regression === null) return;
  output.line();
  if (named) output.line(`${head.name} (${head.field})`);
  if (head.regression !== null) {
    const { baseline, ...own } = head.regression;
    const row = (name: string, { mae, rmse, r2 }: typeof baseline) => [
      name,
      formatMetric(mae),
      formatMetric(rmse),
      r2 === null ? '–' : r2.toFixed(3),
    ];
    const errors = ['MAE', 'RMSE', 'R²'].map((title) => ({ title, align: 'right' }) as const);
    const table = [row('This network', own), row('Always the mean of the training part', baseline)];
    for (const line of formatTable([{ title: 'Errors' }, ...errors], table)) output.line(line);
  }
  if (head.perClass.length === 0) return;
  const figures = ['Precision', 'Recall', 'F1', 'Samples'].map((title) => ({ title, align: 'right' }) as const);
  const rows = head.perClass.map(({ name, precision, recall, f1, support }) => [
    name,
    ...[precision, recall, f1].map((value) => value.toFixed(3)),
    formatCount(support),
  ]);
  for (const line of formatTable([{ title: 'Class' }, ...figures], rows)) output.line(line);
  if (head.confusion === null || head.confusion.classes.length > MOST_CLASSES) return;
  output.line();
  const { classes, matrix } = head.confusion;
  const predicted = classes.map((title) => ({ title, align: 'right' }) as const);
  const counts = matrix.map((row, i) => [classes[i] ?? '', ...row.map(String)]);
  for (const line of formatTable([{ title: 'True \\ predicted' }, ...predicted], counts)) output.line(line);
}
