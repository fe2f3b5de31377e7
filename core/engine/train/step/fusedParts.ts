import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerName, OptimizerSettingsOf } from '../../../training/index.ts';
import type { UpdateInPlace } from '../optimizers/inPlace.ts';
import type { OptimizerChoice } from '../optimizers/optimizer.ts';
import type { UpdateKernel } from '../optimizers/plain.ts';
import type { StepCompiler } from './stepProgram.ts';

/** How a backend does an optimiser's update without its formula. */
export type FusedUpdate<S> = UpdateInPlace<S> | UpdateKernel<S>;

/**
 * The parts of a training step that a backend does by other means than the formulas. Every backend says so of every kind of part; an
 * entry (an optimiser) is done by its formula wherever the backend does not name that very entry.
 */
export interface FusedParts {
  /** Makes one program of a whole step, of whatever parts it consists; null: operations run one by one. */
  readonly steps: StepCompiler | null;
  /** Updates by optimiser. */
  readonly updates: { readonly [N in OptimizerName]?: FusedUpdate<OptimizerSettingsOf<N>> };
}

/** Everything by its formula, operation by operation. */
export const NOTHING_FUSED: FusedParts = { steps: null, updates: {} };

const stated = new Map<string, FusedParts>();

/** What a backend fuses; told when it is made the current one. */
export function stateFusedParts(backendName: string, parts: FusedParts): void {
  stated.set(backendName, parts);
}

/** What the current backend fuses. */
export function fusedParts(): FusedParts {
  return stated.get(tf.getBackend()) ?? NOTHING_FUSED;
}

/** How the current backend does this optimiser's update, or null where the formula is computed. */
export function fusedUpdate(name: string): FusedUpdate<OptimizerChoice> | null {
  const { updates } = fusedParts();
  return (Object.hasOwn(updates, name) ? updates[name as OptimizerName] : null) ?? null;
}
