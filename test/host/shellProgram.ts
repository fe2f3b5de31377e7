// A shell without a window, for tests of several at once: `shellProgram HOME`. Takes a request a line, prints a reply or an event a line.
import { createInterface } from 'node:readline';
import { createHost } from '../../core/host/node.ts';

const [, , home = '', engineFile = ''] = process.argv;
const host = await createHost({ home, engineFile, kind: 'web', version: '0.0.0', openPath: null });
const { receive } = host.connect((text) => console.log(text));
console.log('{"event":{"type":"ready"}}');
createInterface({ input: process.stdin }).on('line', receive);
