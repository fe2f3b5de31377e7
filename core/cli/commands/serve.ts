import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import { openDesign } from '../designs.ts';
import type { Output } from '../output.ts';
import { besideThisProgram } from '../withEngine.ts';

/** What dist/web.cjs tells the process that started it. */
const messageSchema = z.union([
  z.object({ type: z.literal('listening'), url: z.string(), running: z.boolean().default(false) }),
  z.object({ type: z.literal('shown') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

/** `layerloom serve [FILE]`: the app in a browser, from this machine alone, until Ctrl-C. */
export async function serve(
  file: string | undefined,
  options: { readonly port?: number },
  output: Output,
): Promise<void> {
  const program = besideThisProgram('web.cjs');
  if (!existsSync(program)) {
    throw new ProblemError({
      code: 'not-built',
      title: 'Not built',
      message: `The web host is missing: there is no ${program}. Build it with: npm run build`,
    });
  }
  const args = [program];
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (file !== undefined) {
    // A broken file is better told here than in a window.
    await openDesign(file);
    args.push('--file', resolve(file));
  }
  const child = spawn(process.execPath, args, {
    cwd: dirname(program),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let failure: string | null = null;
  child.on('message', (raw) => {
    const message = messageSchema.safeParse(raw);
    if (!message.success) return;
    if (message.data.type === 'failed') {
      failure = message.data.message;
      return;
    }
    if (message.data.type === 'shown') {
      output.data(message.data);
      output.line('Layerloom is running already: its window is shown.');
      return;
    }
    const { type, url, running } = message.data;
    output.data({ type, url });
    output.line(
      running
        ? `Layerloom is running already; another window of it: ${url}`
        : `Layerloom is at ${url} (Ctrl-C ends it)`,
    );
  });
  // Ctrl-C reaches the whole group; other ends of this process must be passed on. Either way the host saves and ends itself.
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  const ignore = () => undefined;
  process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
  const code = await new Promise<number | null>((done, reject) => child.on('exit', done).on('error', reject));
  process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
  if (code === 0 || code === null) return;
  throw new ProblemError({
    code: 'web-host-failed',
    title: 'Web host failed',
    message: failure ?? `The web host ended with exit code ${code}.`,
  });
}
