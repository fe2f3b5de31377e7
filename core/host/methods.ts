import type { z } from 'zod';
import type { DeepReadonly } from '../document/index.ts';

/** What can be asked of a host, by name: schemas of parameters and result. A failed request carries a Problem. */
export interface Methods {
  readonly [method: string]: { readonly params: z.ZodObject; readonly result: z.ZodType };
}

export type MethodOf<C extends Methods> = Extract<keyof C, string>;
/** What a caller gives: documents and the like are immutable there. */
export type ParamsOf<C extends Methods, M extends MethodOf<C>> = DeepReadonly<z.input<C[M]['params']>>;
export type ResultOf<C extends Methods, M extends MethodOf<C>> = z.output<C[M]['result']>;

/** Who answers: one function for each method, with parameters that the schema has accepted. */
export type Handlers<C extends Methods> = {
  readonly [M in MethodOf<C>]: (params: z.output<C[M]['params']>) => Promise<ResultOf<C, M>> | ResultOf<C, M>;
};
