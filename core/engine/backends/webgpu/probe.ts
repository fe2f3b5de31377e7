import { execFile } from 'node:child_process';
import { z } from 'zod';
import { programFolder } from '../engineModuleUrl.ts';
import { type DawnPackage, dawnOptions } from './dawn.ts';

/** Long enough for the slowest driver to start; a driver that hangs is given up. */
const TIMEOUT_MS = 5000;

/**
 * Run by a Node of its own. Asking for an adapter that cannot exist makes Dawn name those that do: WebGPU itself has no list, and
 * its own names are abridged.
 */
const PROGRAM = `
const [url, options] = process.argv.slice(1);
const { create } = await import(url);
const adapter = await create(JSON.parse(options)).requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
const names = await create(['adapter=\\u0001']).requestAdapter().then(() => '', (error) => error.message);
const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {};
const { maxStorageBufferBindingSize, maxBufferSize } = adapter?.limits ?? {};
const found = adapter && { vendor, architecture, device, description, isFallbackAdapter: isFallbackAdapter ?? false, maxStorageBufferBindingSize, maxBufferSize };
process.stdout.write(JSON.stringify({ adapter: found, names }), () => process.exit(0));
`;

const adapterSchema = z.object({
  vendor: z.string(),
  architecture: z.string(),
  device: z.string(),
  description: z.string(),
  /** Dawn's word for a device that computes on the processor. */
  isFallbackAdapter: z.boolean(),
  maxStorageBufferBindingSize: z.number(),
  maxBufferSize: z.number(),
});
const answerSchema = z.object({ adapter: adapterSchema.nullable(), names: z.string() });

export type AdapterFacts = z.infer<typeof adapterSchema>;

export type Probe =
  | { readonly kind: 'found'; readonly adapter: AdapterFacts; readonly names: readonly string[] }
  /** `warnings`: what the loader of the drivers wrote. */
  | { readonly kind: 'none'; readonly names: readonly string[]; readonly warnings: string }
  /** The addon could not be loaded, or the driver crashed or hung. */
  | { readonly kind: 'broken'; readonly how: 'crashed' | 'hung' | 'failed'; readonly detail: string };

/**
 * Asks the graphics drivers what there is, in a process of its own: drivers may crash or hang, and the engine must not. Takes about
 * a tenth of a second on a healthy system.
 */
export function probeAdapters({ url }: DawnPackage, env: NodeJS.ProcessEnv = process.env): Promise<Probe> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', PROGRAM, '--', url, JSON.stringify(dawnOptions(env))],
      { cwd: programFolder(), timeout: TIMEOUT_MS, killSignal: 'SIGKILL', env },
      (error, stdout, stderr) => resolve(read(error, stdout, stderr)),
    );
  });
}

function read(
  error: (Error & { killed?: boolean; signal?: string | null }) | null,
  stdout: string,
  stderr: string,
): Probe {
  if (error?.killed) return { kind: 'broken', how: 'hung', detail: `${TIMEOUT_MS / 1000} s` };
  if (error?.signal) return { kind: 'broken', how: 'crashed', detail: error.signal };
  const answer = parse(stdout);
  if (error || !answer) {
    const line = stderr.split('\n').find((text) => /^\w*Error\b.*: /.test(text)) ?? error?.message ?? stdout;
    return { kind: 'broken', how: 'failed', detail: line.trim().slice(0, 300) };
  }
  const names = [...answer.names.matchAll(/backend: '(\w+)', name: '(.*)'/g)]
    .filter(([, backend]) => backend !== 'null')
    .map(([, , name]) => name ?? '');
  return answer.adapter
    ? { kind: 'found', adapter: answer.adapter, names: [...new Set(names)] }
    : { kind: 'none', names: [...new Set(names)], warnings: stderr };
}

function parse(text: string): z.infer<typeof answerSchema> | null {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
