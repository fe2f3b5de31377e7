import type { z } from 'zod';
import type { DeepReadonly } from '../document/index.ts';

export interface MethodSpec {
  readonly params: z.ZodObject;
  readonly result: z.ZodType;
  /** What is told while it is at work; absent where nothing is. */
  readonly progress?: z.ZodType;
  /** Goes on when whoever asked is gone: only a cancel ends it. */
  readonly detached?: true;
}

/** What can be asked of the other side, by name. A failed request carries a Problem. */
export interface Methods {
  readonly [method: string]: MethodSpec;
}

export type MethodOf<C extends Methods> = Extract<keyof C, string>;
/** What a caller gives: documents and the like are immutable there. */
export type ParamsOf<C extends Methods, M extends MethodOf<C>> = DeepReadonly<z.input<C[M]['params']>>;
export type ResultOf<C extends Methods, M extends MethodOf<C>> = z.output<C[M]['result']>;
/** `never` of a method that tells nothing while it is at work. */
export type ProgressOf<C extends Methods, M extends MethodOf<C>> = C[M] extends {
  readonly progress: infer P extends z.ZodType;
}
  ? z.output<P>
  : never;

/** One request under way, as it is handed down to the work: a handler that asks further passes it on. */
export interface Call<P = never> {
  /** Aborted when the request is cancelled, with the reason as a `ProblemError`. */
  readonly signal: AbortSignal;
  /** Tells the one who asks how far it is. */
  onProgress(progress: P): void;
}

/** Who answers: one function for each method, with parameters that the schema has accepted. */
export type Handlers<C extends Methods> = {
  readonly [M in MethodOf<C>]: (
    params: z.output<C[M]['params']>,
    call: Call<ProgressOf<C, M>>,
  ) => Promise<ResultOf<C, M>> | ResultOf<C, M>;
};

/** What asks. */
export interface Caller<C extends Methods> {
  /**
   * Resolves with the checked result, or rejects with a `ProblemError`: the other side's own, or that it is lost. A call whose signal is
   * aborted is cancelled there, and settles once it has ended there.
   */
  call<M extends MethodOf<C>>(
    method: M,
    params: ParamsOf<C, M>,
    call?: Partial<Call<ProgressOf<C, M>>>,
  ): Promise<ResultOf<C, M>>;
}

/** The other side, for sentences about what it said. */
export interface Peer {
  /** As sentences begin with it: "The engine". */
  readonly name: string;
  /** What helps where the two sides do not understand each other, as a sentence. */
  readonly advice: string;
}
