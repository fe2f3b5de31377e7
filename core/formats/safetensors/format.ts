import type { FileFormat } from '../format.ts';
import { MAX_HEADER_BYTES } from './read.ts';

/** Weights and checkpoints of runs. */
export const SAFETENSORS_FORMAT = {
  id: 'safetensors',
  title: 'Safetensors file',
  extensions: ['safetensors'],
  detect(head) {
    if (head.length < 9 || head[8] !== 0x7b) return false;
    const header = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
    return header >= 2n && header <= BigInt(MAX_HEADER_BYTES);
  },
  capabilities: {},
} as const satisfies FileFormat;
