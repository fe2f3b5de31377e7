import { writeWhole } from '../../../core/files/node.ts';

// Replaces the file named first by as many bytes as named second, in parts of a hundred, and says how that went.
const [path = '', bytes = '0'] = process.argv.slice(2);
const parts = Array.from({ length: Number(bytes) / 100 }, () => new Uint8Array(100));
writeWhole(path, parts).then(
  () => process.stdout.write('written'),
  (error: unknown) =>
    process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : String(error)),
);
