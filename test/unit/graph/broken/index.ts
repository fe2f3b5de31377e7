import { DATA } from './data.ts';
import { HEADS } from './heads.ts';
import { LAYERS } from './layers.ts';
import { WIRES } from './wires.ts';

/** One for each thing that a design rule tells of. */
export const BROKEN = [...LAYERS, ...WIRES, ...HEADS, ...DATA];
