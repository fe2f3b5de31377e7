// The engine process: forked by hosts and by the command line, spoken to over Node IPC. See protocol.ts.
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { type Problem, toProblem } from '../errors.ts';
import { createAnswerer, type Told } from '../rpc/index.ts';
import { onDeviceLoss } from './backends/deviceLoss.ts';
import { explainedFailure, taskOf } from './explainedFailure.ts';
import { checkTensorflow } from './install/checkEngine.ts';
import { CHECK_FLAG } from './install/checkInOwnProcess.ts';
import { createMethods } from './methods.ts';
import { ENGINE, engineMethods, type Unasked } from './protocol.ts';

const home = resolve(process.env.LAYERLOOM_HOME || envPaths('Layerloom', { suffix: '' }).data);

function send(message: Told<Unasked>): void {
  // The parent may be gone between two steps; `disconnect` ends this process then.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const { handlers, trainingOver } = createMethods({ home, emit: (event) => send({ event }) });
const answerer = createAnswerer({
  methods: engineMethods,
  handlers,
  self: ENGINE,
  explain: (error, method) => explainedFailure(error, taskOf(method)),
});
const { receive } = answerer.connect(send);

/** A bug: say what happened where the host can read it, and end, since the state of TensorFlow.js is not known any more. */
function crash(error: unknown): void {
  const problem: Problem = toProblem(error);
  console.error(error instanceof Error ? (error.stack ?? problem.message) : problem.message);
  process.exit(1);
}

/** Nothing more can be computed on a lost device, nor can its driver be trusted in this process: what is under way ends, then the process. */
async function endAfterLoss(message: string): Promise<void> {
  await answerer.idle();
  await trainingOver();
  send({ event: { type: 'ending', message } });
  // Sends what is still to be sent first; the event `disconnect` ends the process.
  if (process.connected) process.disconnect();
}

onDeviceLoss((message) => void endAfterLoss(message));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
if (process.argv[2] === CHECK_FLAG && process.argv[3] !== undefined)
  void checkTensorflow(process.argv[3]).then(() => process.exit(0), crash);
else process.on('message', receive);
// A terminal sends Ctrl+C and its own closing to every process of the group. The parent then asks for the weights to be saved, and ends us.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Without a parent nobody could stop this process: the run stays resumable from its last checkpoint.
process.on('disconnect', () => process.exit(0));
