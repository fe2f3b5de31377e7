import { type FileFormat, firstInZip } from '../format.ts';

/** What `numpy.load` reads. */
export const NPZ_FORMAT = {
  id: 'npz',
  title: 'NumPy archive',
  extensions: ['npz'],
  detect: (head) => /\.npy$/.test(firstInZip(head) ?? ''),
  capabilities: {
    export: {
      file: 'one .npz file',
      about: 'The weights alone, for any program: numpy.load gives an array for each, named layer/weight.',
      text: false,
      holds: 'model',
    },
  },
} as const satisfies FileFormat;
