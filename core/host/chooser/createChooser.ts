import { randomBytes } from 'node:crypto';
import { connectText, createAnswerer, type Handlers, type TextConnection } from '../../rpc/index.ts';
import { HOST } from '../client.ts';
import type { DialogAnswer, DialogRequest, HostDialogs } from '../dialogs.ts';
import type { Choice } from '../grants/choices.ts';
import { checkChoice } from '../grants/grants.ts';
import { chooserMethods } from './contract.ts';
import { createFolder } from './createFolder.ts';
import { listFiles } from './listFiles.ts';

/** How long a page may take to come, and may be away, before nothing is chosen in it. */
const AWAY_MS = 20_000;

/** A dialog that is on screen, as the server of its page sees it. */
export interface OpenChoice {
  /** What page and host prove to each other that they know. */
  readonly secret: string;
  /** Lets the page ask, which gets its answers by `send`. */
  connect(send: (text: string) => void): TextConnection;
  /** The page is there, or has gone. */
  present(here: boolean): void;
}

/** The file dialogs of a host that has none of the system's. */
export interface Chooser {
  /** For the host: dialogs as pages at `addressOf(id)`. */
  readonly dialogs: HostDialogs;
  /** The dialog to serve a page of: only once, so that nobody gets its secret after the page has. */
  enter(id: string): OpenChoice | null;
  /** The dialog whose page has been served. */
  find(id: string): OpenChoice | null;
}

/** File dialogs of a host without the system's: pages of an origin of their own, which no window can read or press. */
export function createChooser(addressOf: (id: string) => string): Chooser {
  const waiting = new Map<string, OpenChoice>();
  const entered = new Map<string, OpenChoice>();

  const show = (request: DialogRequest, choice: Choice) => {
    const id = randomBytes(24).toString('base64url');
    let settle: (answer: DialogAnswer) => void = () => undefined;
    const answer = new Promise<DialogAnswer>((resolve) => {
      settle = resolve;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (path: string | null) => {
      clearTimeout(timer);
      waiting.delete(id);
      entered.delete(id);
      settle({ path, asked: false });
    };
    const present = (here: boolean) => {
      clearTimeout(timer);
      if (!here) timer = setTimeout(() => end(null), AWAY_MS).unref();
    };
    present(false);
    const answerer = answers(request, choice, end);
    const connect = (send: (text: string) => void) => connectText(answerer, send);
    waiting.set(id, { secret: randomBytes(32).toString('base64url'), connect, present });
    return { url: addressOf(id), answer, cancel: () => end(null) };
  };

  return {
    dialogs: { show },
    enter: (id) => {
      const choice = waiting.get(id) ?? null;
      waiting.delete(id);
      if (choice !== null) entered.set(id, choice);
      return choice;
    },
    find: (id) => entered.get(id) ?? null,
  };
}

function answers({ what, name, folder }: DialogRequest, choice: Choice, end: (path: string | null) => void) {
  const { mode, title, extensions } = choice;
  const handlers: Handlers<typeof chooserMethods> = {
    'choice.get': () => ({ mode, title, extensions: [...extensions], name, folder }),
    'choice.take': async ({ path }) => {
      end(await checkChoice(what, path));
      return {};
    },
    'choice.cancel': () => {
      end(null);
      return {};
    },
    'files.list': ({ directory, all }) => listFiles(directory, all ? [] : extensions),
    'files.createFolder': async ({ directory, name: folderName }) => ({
      path: await createFolder(directory, folderName),
    }),
  };
  return createAnswerer({ methods: chooserMethods, handlers, self: HOST });
}
