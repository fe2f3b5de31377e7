import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ChoiceId, createHostClient, type HostClient, type HostEvent } from '../../core/host/index.ts';
import { createHost, type Host, type HostDialogs, type HostOptions } from '../../core/host/node.ts';
import { toldSchema } from '../../core/rpc/index.ts';
import { TEMPLATES } from '../../core/templates/index.ts';

export const engineFile = resolve(import.meta.dirname, '../../dist/engine.cjs');

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'layerloom-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }) };
}

/** What the person answers in the dialogs to come. */
const answers: (string | null)[] = [];
const dialogs: HostDialogs = {
  show: () => ({
    url: null,
    answer: Promise.resolve({ path: answers.shift() ?? null, asked: false }),
    cancel: () => undefined,
  }),
};

/** A person chooses this in a dialog that the window asks for, which gives it to the window. */
export async function choose(client: HostClient, what: ChoiceId, path: string): Promise<string> {
  answers.push(path);
  const { dialog } = await client.call('dialog.show', { what, name: '' });
  const { path: chosen } = await client.call('dialog.answer', { dialog });
  if (chosen === null) throw new Error('Nothing was chosen.');
  return chosen;
}

export function startHost(home: string, options: Partial<HostOptions> = {}): Promise<Host> {
  return createHost({ home, engineFile, kind: 'web', version: '0.0.0', openPath: null, dialogs, ...options });
}

/** A window's view of a host, without a wire between them. `leave` is what a closed window looks like from the host. */
export function connectTo(host: Host): HostClient & { leave(): void } {
  const listeners = new Set<(message: string) => void>();
  const tell = (message: string) => {
    for (const listener of listeners) listener(message);
  };
  const { receive, close } = host.connect(tell);
  const client = createHostClient({
    send: receive,
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection: () => () => undefined,
  });
  return {
    ...client,
    leave: () => {
      close();
      listeners.clear();
    },
  };
}

/** The answer to one message of a window that says nothing else, whatever the message is. */
export function answerTo(host: Host, message: string): Promise<string> {
  return new Promise((done) => {
    const { receive, close } = host.connect((text) => {
      if (!('ok' in toldSchema.parse(JSON.parse(text)))) return;
      done(text);
      close();
    });
    receive(message);
  });
}

/** Resolves with the next event that `wanted` accepts. */
export function nextEvent(
  client: HostClient,
  wanted: (event: HostEvent) => boolean,
  timeoutMs = 60_000,
): Promise<HostEvent> {
  return new Promise((done, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`No such event came within ${timeoutMs} ms.`));
    }, timeoutMs);
    const stop = client.onEvent((event) => {
      if (!wanted(event)) return;
      clearTimeout(timer);
      stop();
      done(event);
    });
  });
}

/** The iris template, small and quick, for as many epochs as a test needs. */
export function irisDesign(epochs: number) {
  const template = TEMPLATES.find(({ id }) => id === 'iris-mlp');
  if (!template) throw new Error('The template iris-mlp is gone.');
  const document = template.create();
  return { ...document, training: { ...document.training, epochs } };
}
