import { hardwareText, measuredText } from '../deviceText.ts';
import type { Output } from '../output.ts';
import { withEngine } from '../withEngine.ts';

/** `layerloom engines`: what can train on this machine, how fast it was, and why the rest cannot. */
export async function listEngines(output: Output): Promise<void> {
  const backends = await withEngine((engine) => engine.call('backends.list', {}));
  output.data(backends);
  for (const { name, available, device, version, reason, howToGet, chosen, hardware, measured } of backends) {
    const state = chosen ? 'chosen by auto' : available ? 'available' : 'not available';
    output.line(`${name.padEnd(12)}${state.padEnd(16)}${[device, version].filter((part) => part !== '').join(', ')}`);
    const more = [
      hardware === undefined ? '' : hardwareText(hardware),
      measured === undefined || !available ? '' : measuredText(measured, version),
      reason,
      howToGet,
    ];
    for (const line of more) if (line !== '') output.line(`${' '.repeat(28)}${line}`);
  }
  if (backends.some(({ available, measured }) => available && measured === undefined))
    output.line('\n“layerloom engines test” measures how fast each of them trains.');
}
