import { z } from 'zod';
import type { Problem } from '../errors.ts';
import { type Caller, createCaller, type Methods, type Peer, parseText } from '../rpc/index.ts';
import { type HostEvent, hostEventSchema, hostMethods } from './contract/index.ts';
import type { Transport } from './transport.ts';

export interface Client<C extends Methods, E> extends Caller<C> {
  /** Events of the host, in order. Returns the way to stop listening. */
  onEvent(listener: (event: E) => void): () => void;
  /**
   * Called with false when the host is lost and with true when it is there (again); never at once. `refusal` when it will not be there
   * again for this window, whatever it tries.
   */
  onConnection(listener: (connected: boolean, refusal?: Problem) => void): () => void;
}

export type HostClient = Client<typeof hostMethods, HostEvent>;

/** The host, in sentences about what it said or was asked. */
export const HOST: Peer = {
  name: 'Layerloom’s host',
  advice: 'Reload the window; if it stays, restart Layerloom so that both are of one version.',
};

/** The UI's side of the contract, over any transport. */
export function createHostClient(transport: Transport): HostClient {
  return createClient(hostMethods, transport, hostEventSchema);
}

/** The side that asks, of any methods, over a transport of texts. */
export function createClient<C extends Methods, E = never>(
  methods: C,
  transport: Transport,
  events: z.ZodType<E> = z.never(),
): Client<C, E> {
  const { call, onEvent, receive, lose } = createCaller({
    methods,
    events,
    peer: HOST,
    send: (message) => transport.send(JSON.stringify(message)),
  });
  const connectionListeners = new Set<(connected: boolean, refusal?: Problem) => void>();

  transport.onConnection((now, refusal) => {
    // No answer will come: the host that had these requests is gone, or has forgotten this window.
    if (!now) lose((method) => refusal ?? lost(method));
    for (const listener of [...connectionListeners]) listener(now, refusal);
  });
  transport.onMessage((text) => receive(parseText(text)));

  return {
    call,
    onEvent,
    onConnection: (listener) => {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
  };
}

function lost(method: string): Problem {
  return {
    code: 'host-lost',
    severity: 'error',
    title: 'Connection lost',
    message: `The connection to Layerloom was lost before “${method}” was answered. It may or may not have been done; it is safe to try again once the window has reconnected.`,
  };
}
