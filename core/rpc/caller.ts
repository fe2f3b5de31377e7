import type { z } from 'zod';
import { type Problem, ProblemError } from '../errors.ts';
import { type Asked, cancelled, idOf, toldSchema } from './messages.ts';
import type { Call, Caller, MethodOf, Methods, ParamsOf, Peer, ProgressOf, ResultOf } from './methods.ts';

export interface CallerOptions<C extends Methods, E> {
  readonly methods: C;
  readonly events: z.ZodType<E>;
  /** The side that answers. */
  readonly peer: Peer;
  /** Sends a message. Throws, or calls `failed` later, where it cannot be sent. */
  send(message: Asked, failed: (problem: Problem) => void): void;
}

/** The side that asks, as whatever carries its messages sees it. */
export interface CallerEnd<C extends Methods, E> extends Caller<C> {
  /** Events of the other side, in order. Returns the way to stop listening. */
  onEvent(listener: (event: E) => void): () => void;
  /** Takes a message, whatever it is; what does not belong here is dropped. */
  receive(message: unknown): void;
  /** The other side is gone, or has forgotten this one: what is pending is rejected, each with its problem. */
  lose(problemOf: (method: string) => Problem): void;
}

interface Pending {
  readonly method: string;
  readonly result: z.ZodType;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  progress(progress: unknown): void;
}

/** The side that asks. Checks every answer, progress and event before anyone sees it. */
export function createCaller<C extends Methods, E>(options: CallerOptions<C, E>): CallerEnd<C, E> {
  const { methods, events, peer, send } = options;
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: E) => void>();
  let nextId = 1;

  const take = (id: number): Pending | undefined => {
    const call = pending.get(id);
    pending.delete(id);
    return call;
  };
  const unexpected = (method: string, detail: string) =>
    new ProblemError({
      code: 'unexpected-reply',
      title: 'Unexpected reply',
      message: `${peer.name} answered “${method}” in a form that is not known here (${detail}). ${peer.advice}`,
    });
  const settle = (call: Pending, result: unknown): void => {
    const parsed = call.result.safeParse(result);
    if (parsed.success) {
      call.resolve(parsed.data);
      return;
    }
    const issue = parsed.error.issues[0];
    call.reject(unexpected(call.method, `${issue?.path.join('.') || 'result'}: ${issue?.message ?? 'invalid'}`));
  };

  return {
    call: <M extends MethodOf<C>>(
      method: M,
      params: ParamsOf<C, M>,
      { signal, onProgress }: Partial<Call<ProgressOf<C, M>>> = {},
    ) =>
      new Promise<ResultOf<C, M>>((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled());
        const id = nextId++;
        const cancel = (): void => {
          // Where it cannot be sent, the other side is gone, and the call rejected.
          try {
            send({ cancel: id }, () => undefined);
          } catch {}
        };
        const forget = (): void => signal?.removeEventListener('abort', cancel);
        const spec: C[M] = methods[method];
        pending.set(id, {
          method,
          result: spec.result,
          resolve: (result) => {
            forget();
            // `result` above has checked the value against this very method's schema; the map cannot say so in types.
            resolve(result as ResultOf<C, M>);
          },
          reject: (error) => {
            forget();
            reject(error);
          },
          progress: (progress) => {
            const parsed = spec.progress?.safeParse(progress);
            if (parsed?.success) onProgress?.(parsed.data as ProgressOf<C, M>);
          },
        });
        signal?.addEventListener('abort', cancel, { once: true });
        try {
          send({ id, method, params }, (problem) => take(id)?.reject(new ProblemError(problem)));
        } catch (error) {
          take(id)?.reject(error);
        }
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive: (message) => {
      const parsed = toldSchema.safeParse(message);
      // What nobody waits for is dropped. A call whose answer never comes is rejected when the other side is lost.
      if (!parsed.success) {
        const call = take(idOf(message));
        call?.reject(unexpected(call.method, 'neither a result nor a problem'));
      } else if ('event' in parsed.data) {
        const event = events.safeParse(parsed.data.event);
        if (event.success) for (const listener of [...listeners]) listener(event.data);
      } else if ('progress' in parsed.data) pending.get(parsed.data.id)?.progress(parsed.data.progress);
      else {
        const call = take(parsed.data.id);
        if (call === undefined) return;
        if (parsed.data.ok) settle(call, parsed.data.result);
        else call.reject(new ProblemError(parsed.data.problem));
      }
    },
    lose: (problemOf) => {
      const calls = [...pending.values()];
      pending.clear();
      for (const call of calls) call.reject(new ProblemError(problemOf(call.method)));
    },
  };
}
