import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import { z } from 'zod';
import { PICTURE_ENDINGS } from '../../data/index.ts';
import type { HeadPrediction } from '../../engine/index.ts';
import { ProblemError } from '../../errors.ts';
import { chooseWeights, findRun, type Weights } from '../findRun.ts';
import type { Output } from '../output.ts';
import { formatMetric, formatTable, type TableColumn } from '../table.ts';
import { withEngine } from '../withEngine.ts';

const samples = z.array(z.json());
const PICTURES: readonly string[] = PICTURE_ENDINGS;

/** `layerloom predict RUN --input FILE...` (`-`: standard input): what every head says of each sample. */
export async function predict(
  argument: string,
  options: { readonly input: readonly string[]; readonly weights?: Weights },
  output: Output,
): Promise<void> {
  const run = await findRun(argument);
  const inputs = (await Promise.all(options.input.map(readInputs))).flat();
  const weights = chooseWeights(run, options.weights);
  const predictions = await withEngine((engine) => engine.call('predict', { runDir: run.dir, weights, inputs }));
  // What a script reads of a design with one head stands beside it, without a list of one around it.
  output.data(predictions.map(({ heads }) => ({ ...(heads.length === 1 ? answerOf(heads[0]) : {}), heads })));
  const several = (predictions[0]?.heads.length ?? 1) > 1;
  const rows = predictions.flatMap(({ heads }, i) =>
    heads.map(({ name, predicted, confidence, output: values }) => [
      String(i + 1),
      ...(several ? [name] : []),
      predicted,
      confidence === null ? '' : formatMetric(confidence),
      values.length > 12 ? '' : values.map(formatMetric).join(' '),
    ]),
  );
  const columns: TableColumn[] = [
    { title: '#', align: 'right' },
    ...(several ? [{ title: 'Head' }] : []),
    { title: 'Predicted' },
    { title: 'Confidence' },
    { title: 'Output' },
  ];
  for (const line of formatTable(columns, rows)) output.line(line);
}

function answerOf(head: HeadPrediction | undefined): Partial<HeadPrediction> {
  return head === undefined ? {} : { output: head.output, predicted: head.predicted, confidence: head.confidence };
}

/** One entry a sample: a picture file; or a JSON array of rows `{column: value}` or of numbers; a lone `{…}` is one sample. */
async function readInputs(file: string): Promise<z.infer<typeof samples>> {
  if (PICTURES.includes(extname(file).toLowerCase())) return [{ picture: resolve(file) }];
  const where = file === '-' ? 'standard input' : resolve(file);
  const bad = (what: string, code = 'predict-file'): ProblemError =>
    new ProblemError({
      code,
      title: 'Unusable input',
      message: `${where} ${what}. It must hold a JSON array with one entry for each sample: {"column": value, …} for tables, numbers for images. Or name a picture file (${PICTURES.map((ending) => ending.slice(1)).join(', ')}).`,
      facts: { file },
    });
  let content: string;
  try {
    content = file === '-' ? await readStream(process.stdin) : await readFile(where, 'utf8');
  } catch (error) {
    throw bad(`cannot be read (${error instanceof Error ? error.message : String(error)})`, 'file-not-found');
  }
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw bad(`is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const parsed = samples.safeParse(Array.isArray(value) ? value : [value]);
  if (!parsed.success || typeof value !== 'object' || value === null) throw bad('holds no samples');
  if (parsed.data.length === 0) throw bad('holds an empty array');
  if (parsed.data.length > 10_000)
    throw bad(`holds ${parsed.data.length} samples; at most 10,000 are predicted at once`);
  return parsed.data;
}
