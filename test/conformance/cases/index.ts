import type { LayerCase } from '../layerCase.ts';
import { actCases } from './act.ts';
import { attnCases } from './attn.ts';
import { convCases } from './conv.ts';
import { coreCases } from './core.ts';
import { mergeCases } from './merge.ts';
import { normCases } from './norm.ts';
import { poolCases } from './pool.ts';
import { regCases } from './reg.ts';
import { rnnCases } from './rnn.ts';
import { shapeCases } from './shape.ts';

/** Every case of every family. */
export const LAYER_CASES: readonly LayerCase[] = [
  ...coreCases,
  ...convCases,
  ...poolCases,
  ...normCases,
  ...actCases,
  ...regCases,
  ...mergeCases,
  ...rnnCases,
  ...attnCases,
  ...shapeCases,
];
