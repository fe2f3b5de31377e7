import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { userHome } from '../core/host/node.ts';
import { version } from '../package.json';
import { becomeInstance } from './instance.ts';
import { startWebHost } from './webHost.ts';

/**
 * dist/web.cjs: the web host as a program.
 *   --port N         fixed port (otherwise any free one)
 *   --file PATH      whole path of a design to open
 *   --until-closed   ends with the last window, once no run is active
 * A parent that forked it gets {type: 'listening', url, page, running} as a message (`page` is what to start a browser with: its address
 * holds no token); otherwise the address is printed. Where a host is already running on the same home, its address is given
 * (`running: true`), or the app shows itself (`shown`), and this program ends.
 */
export type WebProgramMessage =
  | { readonly type: 'listening'; readonly url: string; readonly page: string; readonly running: boolean }
  | { readonly type: 'shown' }
  | { readonly type: 'trainingAlone' }
  | { readonly type: 'failed'; readonly message: string };

function tell(message: WebProgramMessage): void {
  if (process.send) {
    // The launcher may be gone already.
    if (process.connected) process.send(message);
  } else if (message.type === 'listening') console.log(message.url);
  else if (message.type === 'failed') console.error(message.message);
  else if (message.type === 'shown') console.log('Layerloom is running already: its window is shown.');
  else console.log('Training goes on without a window.');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      file: { type: 'string' },
      'until-closed': { type: 'boolean', default: false },
    },
  });
  const home = userHome();
  const file = values.file ?? null;
  const start = await becomeInstance(home, 'Layerloom in a browser window', file);
  if ('opened' in start) {
    const { opened } = start;
    tell(
      opened.kind === 'shown'
        ? { type: 'shown' }
        : { type: 'listening', url: opened.url, page: opened.page, running: true },
    );
    return;
  }
  const { instance } = start;
  try {
    const host = await startWebHost({
      home,
      engineFile: fileURLToPath(new URL('./engine.cjs', import.meta.url)),
      rendererDir: fileURLToPath(new URL('./renderer', import.meta.url)),
      version,
      port: Number(values.port ?? 0),
      untilClosed: values['until-closed'],
      onTrainingAlone: () => tell({ type: 'trainingAlone' }),
      onEnded: async () => {
        await instance.release();
        process.exit(0);
      },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void host.close());
    const first = host.launch(file);
    if (first) tell({ type: 'listening', ...first, running: false });
    instance.ready((asked) => {
      const launch = host.launch(asked);
      return launch && { kind: 'address', ...launch };
    });
  } catch (error) {
    await instance.release();
    throw error;
  }
}

main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const text = error instanceof Error ? error.message : String(error);
  tell({
    type: 'failed',
    message:
      code === 'EADDRINUSE'
        ? 'That port is taken by another program. Choose another with --port, or leave it out to take any free one.'
        : `Layerloom could not start: ${text}`,
  });
  process.exitCode = 1;
  // Lets the message reach a parent before the channel goes.
  if (process.connected) process.disconnect();
});
