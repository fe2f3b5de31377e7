import { CommanderError } from 'commander';
import { reportError } from './output.ts';
import { createProgram } from './program.ts';

// dist/cli.cjs. Exit codes: 0 done, 1 a problem, 2 wrong usage, 130 stopped by Ctrl-C.
const json = process.argv.includes('--json');

// `layerloom templates | head -1` closes the pipe early, which is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const program = createProgram((code) => {
  process.exitCode = code;
});
program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) {
    reportError(error, json);
    process.exitCode = 1;
    return;
  }
  // Commander has written its own line already; help and version are no errors.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
  if (json && error.exitCode !== 0) {
    const message = error.message.replace(/^error: /, '');
    process.stdout.write(
      `${JSON.stringify({ error: { code: 'usage', severity: 'error', title: 'Wrong usage', message } })}\n`,
    );
  }
});
