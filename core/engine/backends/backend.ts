import type { Hardware } from '../deviceFacts.ts';
import type { BackendInfo, BackendName } from '../protocol.ts';
import type { FusedParts } from '../train/step/fusedParts.ts';

/** What a backend needs to know of this installation. */
export interface BackendEnvironment {
  /** The user's data folder; downloaded engines live in `<home>/engines/<name>`. */
  readonly home: string;
}

/** One backend: `backends/<name>/index.ts` exports one of these and `registry.ts` lists it. */
export interface Backend {
  readonly name: BackendName;
  /** The parts of a training step that it does by other means than their formulas. */
  readonly fuses: FusedParts;
  /** Looks, without starting anything in this process, whether it could run here. Never throws; takes a second at most. */
  detect(environment: BackendEnvironment): Promise<Omit<BackendInfo, 'name' | 'chosen' | 'why' | 'measured'>>;
  /**
   * Loads it, registers its kernel pack, and makes it the current TensorFlow.js backend. Called only when `detect` said available.
   * Calling it again is cheap. Answers with what loading it has told of the device that `detect` could not know.
   */
  activate(environment: BackendEnvironment): Promise<{ readonly device?: string; readonly hardware?: Hardware }>;
}
