import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TENSORFLOW_VERSION, type Variant } from './release.ts';

/** What an installed engine's folder says of itself; written last, so a folder without it is not an engine. */
export const installedEngineSchema = z.object({
  version: z.string(),
  variant: z.enum(['cpu', 'cuda']),
  wheels: z.array(z.object({ file: z.string(), sha256: z.string() })),
  installedAt: z.string(),
  bytes: z.number(),
});
export type InstalledEngine = z.infer<typeof installedEngineSchema> & { readonly dir: string };

export const MANIFEST = 'installed.json';

/** `<home>/engines`: one versioned folder for each installed engine. */
export function enginesDir(home: string): string {
  return join(home, 'engines');
}

export function engineDirName(variant: Variant): string {
  return `tensorflow-${TENSORFLOW_VERSION}-${variant}-${process.platform}-${process.arch}`;
}

export function bindingPath(dir: string): string {
  return join(dir, 'binding', 'tfjs_binding.node');
}

/** The installed TensorFlow engine of this version, CUDA before CPU; null when there is none. Never throws. */
export function findInstalledTensorflow(home: string): InstalledEngine | null {
  const root = enginesDir(home);
  const wanted = (['cuda', 'cpu'] as const).map(engineDirName);
  let names: string[];
  try {
    names = readdirSync(root);
  } catch {
    return null;
  }
  for (const name of wanted.filter((n) => names.includes(n))) {
    const dir = join(root, name);
    try {
      const manifest = installedEngineSchema.parse(JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')));
      if (existsSync(bindingPath(dir))) return { ...manifest, dir };
    } catch {
      // A folder that cannot be read is as good as none; installing again replaces it.
    }
  }
  return null;
}
