import type { Port } from '../../../core/catalogue/index.ts';
import { portPlace } from './portPlace.ts';

/** The names of a block's ports beside them, on a side that has several. */
export function PortLabels({
  inputs,
  outputs,
}: {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}) {
  return (['in', 'out'] as const).map((side) => {
    const ports = side === 'in' ? inputs : outputs;
    return ports.length < 2
      ? null
      : ports.map((port, index) => (
          <span
            key={`${side}${port.name}`}
            className={`port-label port-label-${side}`}
            style={{ top: `${100 * portPlace(index, ports.length)}%` }}
            aria-hidden
          >
            {port.label}
          </span>
        ));
  });
}
