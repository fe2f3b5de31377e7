import { chooseWeights, findRun, type Weights } from '../findRun.ts';
import type { Output } from '../output.ts';
import { formatCount, formatMetric, formatTable, type TableColumn } from '../table.ts';
import { withEngine } from '../withEngine.ts';

const FIGURES = ['Values', 'Min', 'Max', 'Mean', 'Deviation', 'Zeros'] as const;

/** `layerloom weights RUN`: what a run has learnt, in figures: a line for each weight of each layer. */
export async function showWeights(
  argument: string,
  options: { readonly weights?: Weights },
  output: Output,
): Promise<void> {
  const run = await findRun(argument);
  const weights = chooseWeights(run, options.weights);
  const layers = await withEngine((engine) => engine.call('run.weights', { runDir: run.dir, weights, node: null }));
  output.data({ run: run.name, weights, layers });
  if (output.json) return;
  const columns: TableColumn[] = [
    { title: 'Weight' },
    { title: 'Shape' },
    ...FIGURES.map((title) => ({ title, align: 'right' }) as const),
  ];
  const rows = layers.flatMap((layer) =>
    layer.weights.map(({ name, shape, figures, notFinite }) => [
      `${layer.name}/${name}`,
      shape.join('×'),
      formatCount(shape.reduce((product, n) => product * n, 1)),
      ...(figures === null
        ? ['no finite value']
        : [
            ...[figures.min, figures.max, figures.mean, figures.deviation].map(formatMetric),
            `${(100 * figures.zeros).toFixed(1)} %${notFinite > 0 ? ` (${formatCount(notFinite)} not finite)` : ''}`,
          ]),
    ]),
  );
  for (const line of formatTable(columns, rows)) output.line(line);
}
