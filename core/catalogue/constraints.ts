/** A projection applied to a weight after every update. Norms are taken over all axes but the last (over the whole
 * of a vector). Null where there is none. */
export type Constraint =
  | { readonly name: 'maxNorm'; readonly maxValue: number }
  | { readonly name: 'unitNorm' }
  | { readonly name: 'nonNeg' }
  | { readonly name: 'minMaxNorm'; readonly minValue: number; readonly maxValue: number; readonly rate: number };

/** Every weight constraint: its title and typed parameters, by name. */
export const CONSTRAINTS: {
  readonly [N in Constraint['name']]: {
    readonly label: string;
    readonly help: string;
    readonly default: Constraint & { readonly name: N };
    readonly keras: string;
  };
} = {
  maxNorm: {
    label: 'Max norm',
    help: 'Scales each unit’s incoming weights down to at most this length.',
    default: { name: 'maxNorm', maxValue: 2 },
    keras: 'MaxNorm',
  },
  unitNorm: {
    label: 'Unit norm',
    help: 'Scales each unit’s incoming weights to length 1.',
    default: { name: 'unitNorm' },
    keras: 'UnitNorm',
  },
  nonNeg: {
    label: 'Non-negative',
    help: 'Sets negative weights to zero.',
    default: { name: 'nonNeg' },
    keras: 'NonNeg',
  },
  minMaxNorm: {
    label: 'Min-max norm',
    help: 'Keeps the length of each unit’s incoming weights between two bounds.',
    default: { name: 'minMaxNorm', minValue: 0, maxValue: 1, rate: 1 },
    keras: 'MinMaxNorm',
  },
};
