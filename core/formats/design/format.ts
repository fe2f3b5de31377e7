import { type FileFormat, headText } from '../format.ts';

/** Layerloom's own: what core/document reads and writes. */
export const DESIGN_FORMAT: FileFormat = {
  id: 'design',
  title: 'Layerloom design',
  extensions: ['loom'],
  detect: (head) => /^\{\s*"format"\s*:\s*"layerloom"/.test(headText(head)),
  capabilities: { design: true },
};
