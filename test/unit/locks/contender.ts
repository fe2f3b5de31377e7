// A program that tries to take a lock: `contender.ts HOME NAME [hold]`. Prints `won`, or who has it; with `hold` keeps what it won.
import { takeLock } from '../../../core/locks/node.ts';

const [, , home = '', name = '', hold] = process.argv;
// All start at the same instant, however long each took to load.
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const taken = await takeLock(home, name, { what: 'a contender' });
process.stdout.write(taken.lock ? 'won\n' : `${JSON.stringify(taken.holder)}\n`);
if (taken.lock && hold === 'hold') setInterval(() => undefined, 1000);
else process.exit(0);
