import { z } from 'zod';
import { ProblemError, toProblem } from '../errors.ts';
import { cancelled, cancelSchema, idOf, requestSchema, type Told } from './messages.ts';
import type { Call, Handlers, MethodOf, Methods, Peer, ProgressOf, ResultOf } from './methods.ts';

/** Longest part of a message that is said again in a sentence about it, in characters. */
const QUOTED = 500;

/** What a side needs to answer with. */
export interface AnswererOptions<C extends Methods> {
  readonly methods: C;
  readonly handlers: Handlers<C>;
  /** This side. */
  readonly self: Peer;
  /** Called with parameters that fit the schema, before any handler; throws what is to be refused. */
  check?(method: MethodOf<C>, params: unknown): Promise<void>;
  /** Makes of what a handler threw what its caller is told. */
  explain?(error: unknown, method: string): unknown;
}

/** One peer that asks, as long as it is there. */
export interface Connection {
  /** Takes a message, whatever it is. Never throws: what is wrong with it is answered with a problem. */
  receive(message: unknown): void;
  /** Answers that a message could not be read. */
  refuse(id: number, detail: string): void;
  /** The peer is gone: what it asked for is cancelled, but for what is `detached`, and nothing is sent any more. */
  close(): void;
}

/** Answers requests, whoever sends them. */
export interface Answerer {
  /** A peer, which is told by `send`. */
  connect(send: (message: Told) => void): Connection;
  /** Resolves when no request is under way. */
  idle(): Promise<void>;
}

/** The side that answers, for any number of peers. Checks every message before a handler sees it. */
export function createAnswerer<C extends Methods>(options: AnswererOptions<C>): Answerer {
  const { methods, handlers, self, check, explain } = options;
  const underWay = new Set<Promise<void>>();
  const isMethod = (name: string): name is MethodOf<C> => Object.hasOwn(methods, name);

  const misunderstood = (detail: string) =>
    new ProblemError({
      code: 'invalid-message',
      title: 'Invalid request',
      message: `${self.name} did not understand a request: ${detail.slice(0, QUOTED)}. Nothing was changed. ${self.advice}`,
    });

  const perform = async <M extends MethodOf<C>>(
    method: M,
    given: unknown,
    call: Call<ProgressOf<C, M>>,
  ): Promise<ResultOf<C, M>> => {
    const { params: schema }: C[M] = methods[method];
    const params = schema.safeParse(given);
    if (!params.success) throw misunderstood(`${method}: ${z.prettifyError(params.error).replaceAll('\n', ' ')}`);
    await check?.(method, params.data);
    call.signal.throwIfAborted();
    // The schema just used is that of `method`, which the types of an indexed record cannot follow.
    const handler = handlers[method] as (checked: unknown, call: unknown) => Promise<ResultOf<C, M>> | ResultOf<C, M>;
    return handler(params.data, call);
  };

  return {
    connect: (send) => {
      const pending = new Map<number, { readonly method: string; readonly controller: AbortController }>();
      let open = true;
      const tell = (message: Told): void => {
        if (open) send(message);
      };
      const refuse = (id: number, detail: string): void =>
        tell({ id, ok: false, problem: misunderstood(detail).problem });

      const answer = async (id: number, method: string, params: unknown): Promise<void> => {
        if (!isMethod(method)) return refuse(id, `there is no method “${method.slice(0, 80)}”`);
        const controller = new AbortController();
        const { signal } = controller;
        const mine = { method, controller };
        pending.set(id, mine);
        let over = false;
        const onProgress = (progress: unknown): void => {
          if (!over) tell({ id, progress });
        };
        try {
          const result = await perform(method, params, { signal, onProgress });
          over = true;
          tell({ id, ok: true, result });
        } catch (error) {
          over = true;
          // What the platform throws at an aborted signal says less than that it was cancelled.
          const why = signal.aborted && !(error instanceof ProblemError) ? signal.reason : error;
          tell({ id, ok: false, problem: toProblem(explain?.(why, method) ?? why) });
        } finally {
          if (pending.get(id) === mine) pending.delete(id);
        }
      };

      return {
        receive: (message) => {
          const cancel = cancelSchema.safeParse(message);
          if (cancel.success) {
            // Of a request that has been answered meanwhile there is nothing to cancel.
            pending.get(cancel.data.cancel)?.controller.abort(cancelled());
            return;
          }
          const request = requestSchema.safeParse(message);
          if (!request.success) return refuse(idOf(message), 'it has no number, method and parameters');
          const { id, method, params } = request.data;
          const answered = answer(id, method, params);
          underWay.add(answered);
          void answered.finally(() => underWay.delete(answered));
        },
        refuse,
        close: () => {
          open = false;
          for (const { method, controller } of pending.values())
            if (methods[method]?.detached !== true) controller.abort(cancelled());
        },
      };
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
