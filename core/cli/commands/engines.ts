import type { Output } from '../output.ts';
import { withEngine } from '../withEngine.ts';

/** `layerloom engines`: what can train on this machine, and why the rest cannot. */
export async function listEngines(output: Output): Promise<void> {
  const backends = await withEngine((engine) => engine.call('backends.list', {}));
  output.data(backends);
  for (const { name, available, device, version, reason, howToGet, chosen } of backends) {
    const state = chosen ? 'chosen by auto' : available ? 'available' : 'not available';
    output.line(`${name.padEnd(12)}${state.padEnd(16)}${[device, version].filter((part) => part !== '').join(', ')}`);
    for (const more of [reason, howToGet]) if (more !== '') output.line(`${' '.repeat(28)}${more}`);
  }
}
