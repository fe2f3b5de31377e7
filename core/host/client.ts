import type { z } from 'zod';
import { type Problem, ProblemError } from '../errors.ts';
import { type HostEvent, hostMessageSchema, hostMethods, type Transport } from './contract.ts';
import type { MethodOf, Methods, ParamsOf, ResultOf } from './methods.ts';

export interface Client<C extends Methods> {
  /** Resolves with the validated result, or rejects with a `ProblemError` that carries the host's problem. */
  call<M extends MethodOf<C>>(method: M, params: ParamsOf<C, M>): Promise<ResultOf<C, M>>;
  /** Events of the host, in order. Returns the way to stop listening. */
  onEvent(listener: (event: HostEvent) => void): () => void;
  /**
   * Called with false when the host is lost and with true when it is there (again); never at once. `refusal` when it will not be there
   * again for this window, whatever it tries.
   */
  onConnection(listener: (connected: boolean, refusal?: Problem) => void): () => void;
}

export type HostClient = Client<typeof hostMethods>;

interface Pending {
  readonly method: string;
  readonly result: z.ZodType;
  resolve(result: unknown): void;
  reject(error: ProblemError): void;
}

function unexpectedReply(method: string, detail: string): ProblemError {
  return new ProblemError({
    code: 'unexpected-reply',
    title: 'Unexpected reply',
    message: `Layerloom's host answered “${method}” in a form this window does not know (${detail}). Reload the window; if it stays, restart Layerloom so that both are of one version.`,
  });
}

/** The UI's side of the contract, over any transport. */
export function createHostClient(transport: Transport): HostClient {
  return createClient(hostMethods, transport);
}

/** The side that asks, of any methods. Checks every reply and event before anyone sees it. */
export function createClient<C extends Methods>(methods: C, transport: Transport): Client<C> {
  const pending = new Map<number, Pending>();
  const eventListeners = new Set<(event: HostEvent) => void>();
  const connectionListeners = new Set<(connected: boolean, refusal?: Problem) => void>();
  let nextId = 1;

  transport.onConnection((now, refusal) => {
    if (!now) {
      // No answer will come: the host that had these requests is gone, or has forgotten this window.
      const calls = [...pending.values()];
      pending.clear();
      for (const call of calls)
        call.reject(
          new ProblemError(
            refusal ?? {
              code: 'host-lost',
              title: 'Connection lost',
              message: `The connection to Layerloom was lost before “${call.method}” was answered. It may or may not have been done; it is safe to try again once the window has reconnected.`,
            },
          ),
        );
    }
    for (const listener of [...connectionListeners]) listener(now, refusal);
  });

  transport.onMessage((text) => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return; // Not ours. A call it might have answered is rejected when the connection closes.
    }
    const message = hostMessageSchema.safeParse(json);
    if (!message.success) {
      const id = typeof json === 'object' && json !== null && 'id' in json ? json.id : null;
      const call = typeof id === 'number' ? pending.get(id) : undefined;
      if (call && typeof id === 'number') {
        pending.delete(id);
        call.reject(unexpectedReply(call.method, 'neither a result nor a problem'));
      }
      return;
    }
    if ('event' in message.data) {
      const { event } = message.data;
      for (const listener of [...eventListeners]) listener(event);
      return;
    }
    const call = pending.get(message.data.id);
    if (!call) return;
    pending.delete(message.data.id);
    if (!message.data.ok) {
      call.reject(new ProblemError(message.data.problem));
      return;
    }
    const result = call.result.safeParse(message.data.result);
    if (result.success) call.resolve(result.data);
    else {
      const issue = result.error.issues[0];
      call.reject(unexpectedReply(call.method, `${issue?.path.join('.') || 'result'}: ${issue?.message ?? 'invalid'}`));
    }
  });

  return {
    call: <M extends MethodOf<C>>(method: M, params: ParamsOf<C, M>) =>
      new Promise<ResultOf<C, M>>((resolve, reject) => {
        const id = nextId++;
        // `result` above has checked the value against this very method's schema; the map cannot say so in types.
        const { result: schema }: C[M] = methods[method];
        pending.set(id, { method, result: schema, resolve: (result) => resolve(result as ResultOf<C, M>), reject });
        try {
          transport.send(JSON.stringify({ id, method, params }));
        } catch (error) {
          pending.delete(id);
          reject(error);
        }
      }),
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
  };
}
