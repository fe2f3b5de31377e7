import { dirname, join, resolve } from 'node:path';
import { describeDataset } from '../data/node.ts';
import { type DatasetSummary, type LoomDocument, withDocumentId } from '../document/index.ts';
import { type Problem, ProblemError, toProblem } from '../errors.ts';
import { type Analysis, analyse, parseDesign } from '../graph/index.ts';
import { DOCUMENT_PLACES, documentIds, openDocument, userHome } from '../host/node.ts';

export interface OpenDesign {
  /** With an id, so that its runs are known as its own. */
  readonly document: LoomDocument;
  readonly path: string;
  /** What had to be put right in the file. */
  readonly problems: readonly Problem[];
}

/** Reads a .loom file. Throws ProblemError with the path in it. */
export async function openDesign(given: string): Promise<OpenDesign> {
  const { path, text, fingerprint } = await openDocument(resolve(given));
  const parsed = parseDesign(text);
  if (!parsed.ok) throw new ProblemError({ ...parsed.error, message: `${path}: ${parsed.error.message}` });
  const { document, problems } = parsed.value;
  const ids = documentIds(join(userHome(), DOCUMENT_PLACES));
  const id = await ids.identify({ path, id: document.id ?? null, fingerprint });
  return { document: withDocumentId(document, id), problems, path };
}

const WORST_FIRST = ['error', 'warning', 'info'];

/** Analysis of a design against its data, and every problem of both, worst first. */
export async function checkDesign(
  document: LoomDocument,
  path: string,
): Promise<{ analysis: Analysis; problems: Problem[] }> {
  let dataset: DatasetSummary | null = null;
  let dataProblems: readonly Problem[] = [];
  if (document.data.source.kind !== 'none') {
    try {
      const description = await describeDataset(document.data, dirname(path));
      dataProblems = description.problems;
      // Without fields the columns are not settled yet; analysis would only repeat what the data problems say.
      dataset = description.summary.fields.length > 0 ? description.summary : null;
    } catch (error) {
      dataProblems = [toProblem(error)];
    }
  }
  const analysis = analyse({ document, dataset });
  const problems = [...analysis.problems, ...dataProblems].sort(
    (a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity),
  );
  return { analysis, problems };
}
