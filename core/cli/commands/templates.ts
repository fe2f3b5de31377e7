import { TEMPLATES } from '../../templates/index.ts';
import type { Output } from '../output.ts';
import { formatTable } from '../table.ts';

/** `layerloom templates` */
export async function listTemplates(output: Output): Promise<void> {
  output.data(TEMPLATES.map(({ create, keepsDrawing, ...said }) => said));
  const rows = TEMPLATES.map(({ id, title, description }) => [id, title, description]);
  for (const line of formatTable([{ title: 'Template' }, { title: 'Title' }, { title: 'What it is' }], rows)) {
    output.line(line);
  }
}
