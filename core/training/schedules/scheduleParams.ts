import { float } from '../../params/index.ts';

/** Not an epoch of the run is reached at which something would change. */
export function neverDue(first: number, epochs: number, what: string): string | null {
  if (first < epochs) return null;
  return `${what} after ${first === 1 ? '1 epoch' : `${first} epochs`}, but training ends after ${epochs === 1 ? '1 epoch' : `${epochs} epochs`}`;
}

export const decayFactor = (usual: number, when: string) =>
  float({
    label: 'Factor',
    help: `What the learning rate is multiplied by ${when}.`,
    default: usual,
    min: 0,
    max: 1,
    exclusiveMin: true,
    exclusiveMax: true,
  });
