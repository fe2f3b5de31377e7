// The engine process: forked by hosts and by the command line, spoken to over Node IPC. See protocol.ts.
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { type Problem, ProblemError, toProblem } from '../errors.ts';
import { onDeviceLoss } from './backends/deviceLoss.ts';
import { explainedFailure, taskOf } from './explainedFailure.ts';
import { checkTensorflow } from './install/checkEngine.ts';
import { CHECK_FLAG } from './install/checkInOwnProcess.ts';
import { createMethods } from './methods.ts';
import { type EngineEvent, type EngineMethod, engineMethods, engineRequestSchema } from './protocol.ts';

const home = resolve(process.env.LAYERLOOM_HOME || envPaths('Layerloom', { suffix: '' }).data);

function send(message: object): void {
  // The parent may be gone between two steps; `disconnect` ends this process then.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const { methods, trainingOver } = createMethods({ home, emit: (event: EngineEvent) => send({ event }) });

/** Requests that are not answered yet. */
const pending = new Set<Promise<void>>();

function take(message: unknown): void {
  const answered = answer(message);
  pending.add(answered);
  void answered.finally(() => pending.delete(answered));
}

async function answer(message: unknown): Promise<void> {
  const request = engineRequestSchema.safeParse(message);
  if (!request.success) return;
  const { id, method, params } = request.data;
  try {
    send({ id, ok: true, result: await perform(method, params) });
  } catch (error) {
    send({ id, ok: false, problem: toProblem(explainedFailure(error, taskOf(method))) });
  }
}

async function perform(method: string, params: unknown): Promise<unknown> {
  if (!Object.hasOwn(engineMethods, method)) throw misunderstood(method, 'there is no such request');
  const name = method as EngineMethod;
  const parsed = engineMethods[name].params.safeParse(params);
  if (!parsed.success) throw misunderstood(method, parsed.error.message);
  const run = methods[name] as (params: unknown) => Promise<unknown>;
  return run(parsed.data);
}

/** Who asked is of another version than this engine, or no part of Layerloom. */
function misunderstood(method: string, details: string): ProblemError {
  return new ProblemError({
    code: 'engine-request',
    title: 'Request not understood',
    message: `The engine does not understand the request “${method}”: it is not known here, or malformed. Start Layerloom again, so that all its parts are of one version.`,
    facts: { method },
    details,
  });
}

/** A bug: say what happened where the host can read it, and end, since the state of TensorFlow.js is not known any more. */
function crash(error: unknown): void {
  const problem: Problem = toProblem(error);
  console.error(error instanceof Error ? (error.stack ?? problem.message) : problem.message);
  process.exit(1);
}

/** Nothing more can be computed on a lost device, nor can its driver be trusted in this process: what is under way ends, then the process. */
async function endAfterLoss(message: string): Promise<void> {
  while (pending.size > 0) await Promise.all(pending);
  await trainingOver();
  send({ ending: message });
  // Sends what is still to be sent first; the event `disconnect` ends the process.
  if (process.connected) process.disconnect();
}

onDeviceLoss((message) => void endAfterLoss(message));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
if (process.argv[2] === CHECK_FLAG && process.argv[3] !== undefined)
  void checkTensorflow(process.argv[3]).then(() => process.exit(0), crash);
else process.on('message', take);
// A terminal sends Ctrl+C and its own closing to every process of the group. The parent then asks for the weights to be saved, and ends us.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Without a parent nobody could stop this process: the run stays resumable from its last checkpoint.
process.on('disconnect', () => process.exit(0));
