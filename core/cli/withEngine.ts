import { fileURLToPath } from 'node:url';
import { type EngineClient, startEngine } from '../engine/node.ts';

/** The programs of a build lie side by side in dist/. */
export function besideThisProgram(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}

/** Runs `use` with an engine process, which is ended in any case. */
export async function withEngine<T>(use: (engine: EngineClient) => Promise<T>): Promise<T> {
  const engine = startEngine({ engineFile: besideThisProgram('engine.cjs') });
  try {
    return await use(engine);
  } finally {
    engine.kill();
  }
}
