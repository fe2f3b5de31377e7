import { writeWhole } from '../../../core/files/node.ts';

// Replaces the file named first by as many bytes as named second, and says how that went.
const [path = '', bytes = '0'] = process.argv.slice(2);
writeWhole(path, new Uint8Array(Number(bytes))).then(
  () => process.stdout.write('written'),
  (error: unknown) =>
    process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : String(error)),
);
