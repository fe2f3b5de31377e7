import { homedir } from 'node:os';
import envPaths from 'env-paths';
import { findInstalledTensorflow } from '../../../core/engine/install/location.ts';

/** A data folder in which a TensorFlow engine is installed, or null; says so once. */
export const tensorflowHome: string | null = find();

function find(): string | null {
  const homes = [
    process.env.LAYERLOOM_ENGINE_HOME,
    process.env.LAYERLOOM_HOME,
    envPaths('Layerloom', { suffix: '' }).data,
    homedir(),
  ];
  const home = homes.find((dir) => dir !== undefined && findInstalledTensorflow(dir) !== null);
  if (home === undefined)
    console.log(
      'The tensorflow backend is not tested: no engine is installed. Run "layerloom engines install tensorflow", or name its data folder in LAYERLOOM_HOME.',
    );
  return home ?? null;
}
