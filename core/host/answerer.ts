import { z } from 'zod';
import { cleanseJson, MESSAGE_LIMITS } from '../document/index.ts';
import { ProblemError, toProblem } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { hostRequestSchema } from './contract.ts';
import type { Handlers, MethodOf, Methods, ResultOf } from './methods.ts';

/** The longest message that is looked at, in UTF-16 units: the largest document with its quotes escaped, and some more. */
export const MAX_MESSAGE_LENGTH = 144 * 2 ** 20;

function badMessage(detail: string): ProblemError {
  return new ProblemError({
    code: 'invalid-message',
    title: 'Invalid request',
    message: `The host did not understand a request: ${detail.slice(0, 500)}. Nothing was changed.`,
  });
}

/**
 * Answers one request message, by the handlers. Never rejects: whatever is wrong with it comes back as a problem.
 * @param check called with parameters that fit the schema, before any handler; throws what is to be refused
 */
export function answerer<C extends Methods>(
  methods: C,
  handlers: Handlers<C>,
  check: (method: MethodOf<C>, params: unknown) => Promise<void> = async () => undefined,
): (message: string) => Promise<string> {
  const isMethod = (name: string): name is MethodOf<C> => Object.hasOwn(methods, name);
  const dispatch = async <M extends MethodOf<C>>(method: M, given: unknown): Promise<ResultOf<C, M>> => {
    const { params: schema }: C[M] = methods[method];
    const params = schema.safeParse(given);
    if (!params.success) throw badMessage(`${method}: ${z.prettifyError(params.error).replaceAll('\n', ' ')}`);
    await check(method, params.data);
    // The schema just used is that of `method`, which the types of an indexed record cannot follow.
    const handler = handlers[method] as (checked: unknown) => Promise<ResultOf<C, M>> | ResultOf<C, M>;
    return handler(params.data);
  };
  return async (message) => {
    // Also of a message too long or broken to read, so that its sender learns of it.
    let id = Number(/^\{"id":(\d{1,15})[,}]/.exec(message.slice(0, 40))?.[1] ?? -1);
    try {
      if (message.length > MAX_MESSAGE_LENGTH)
        throw badMessage(`it has ${message.length} characters, and ${MAX_MESSAGE_LENGTH} is the most`);
      let json: unknown;
      try {
        json = JSON.parse(message);
      } catch {
        throw badMessage('it is not JSON');
      }
      if (cleanseJson(json as JsonValue, MESSAGE_LIMITS) !== null) throw badMessage('it is nested too deeply');
      const request = hostRequestSchema.safeParse(json);
      if (!request.success) throw badMessage('it has no number, method and parameters');
      id = request.data.id;
      const { method, params } = request.data;
      if (!isMethod(method)) throw badMessage(`there is no method “${method.slice(0, 80)}”`);
      return JSON.stringify({ id, ok: true, result: await dispatch(method, params) });
    } catch (error) {
      return JSON.stringify({ id, ok: false, problem: toProblem(error) });
    }
  };
}
