import type { AnyLayerDefinition } from '../defineLayer.ts';
import { dense } from './core/dense.ts';
import { input } from './io/input.ts';
import { output } from './io/output.ts';
import { add } from './merge/add.ts';

/** Every layer type, in palette order. A new layer is one file and one line here. */
export const LAYERS: readonly AnyLayerDefinition[] = [input, output, dense, add];
