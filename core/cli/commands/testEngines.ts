import { BACKEND_NAMES, type BackendName, type Benchmark } from '../../engine/index.ts';
import { ProblemError, toProblem } from '../../errors.ts';
import { createDeviceTest, userHome } from '../../host/node.ts';
import { speedText } from '../deviceText.ts';
import type { Output } from '../output.ts';
import { besideThisProgram, withEngine } from '../withEngine.ts';

/**
 * `layerloom engines test [name]`: trains the standard network on one engine, or on each that is available, and keeps the figures.
 * @returns the exit code: 1 when one of several could not be measured
 */
export async function testEngines(given: string | undefined, output: Output): Promise<number> {
  const test = createDeviceTest({ engineFile: besideThisProgram('engine.cjs'), home: userHome() });
  if (given !== undefined) {
    const name = known(given);
    tell(output, name, await test.run(name));
    return 0;
  }
  const backends = await withEngine((engine) => engine.call('backends.list', {}));
  let code = 0;
  // Software that imitates a graphics processor takes minutes to say what everybody knows: only for those who name it.
  for (const { name } of backends.filter(({ available, software }) => available && !software)) {
    try {
      tell(output, name, await test.run(name));
    } catch (thrown) {
      const problem = toProblem(thrown);
      output.data({ name, problem });
      output.line(`${name.padEnd(12)}${problem.message}`);
      code = 1;
    }
  }
  return code;
}

function tell(output: Output, name: BackendName, measured: Benchmark): void {
  output.data({ name, measured });
  output.line(`${name.padEnd(12)}${speedText(measured)}  (${measured.device})`);
}

function known(given: string): BackendName {
  const name = BACKEND_NAMES.find((one) => one === given);
  if (name !== undefined) return name;
  throw new ProblemError({
    code: 'unknown-engine',
    title: 'Engine',
    message: `There is no engine “${given}”. There are: ${BACKEND_NAMES.join(', ')}.`,
  });
}
