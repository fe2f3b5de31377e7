import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { newDocumentId, serialiseDocument, withDocumentId } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { saveDocument } from '../../host/node.ts';
import { TEMPLATES } from '../../templates/index.ts';
import type { Output } from '../output.ts';

/** `layerloom new TEMPLATE -o FILE`: a file that is there already is kept, unless `force`. */
export async function newDesign(
  id: string,
  options: { readonly out?: string; readonly force?: boolean },
  output: Output,
): Promise<void> {
  const template = TEMPLATES.find((candidate) => candidate.id === id);
  if (template === undefined) {
    throw new ProblemError({
      code: 'template-not-found',
      title: 'No such template',
      message: `There is no template “${id}”. There are: ${TEMPLATES.map((candidate) => candidate.id).join(', ')}.`,
      facts: { template: id },
    });
  }
  const path = resolve(options.out ?? `${id}.loom`);
  if (existsSync(path) && !options.force) {
    throw new ProblemError({
      code: 'file-exists',
      title: 'File exists',
      message: `${path} is there already. Choose another name with -o, or replace it with --force.`,
      facts: { path },
    });
  }
  await saveDocument(
    path,
    serialiseDocument(withDocumentId(template.create(), newDocumentId())),
    options.force ? 'replace' : { fingerprint: null },
  );
  output.data({ template: id, path });
  output.line(`${path}: ${template.title}`);
}
