import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileModeIn } from '../../files/node.ts';
import { EventMessage } from './eventProto.ts';
import { frameRecord } from './record.ts';

/** Writes figures that TensorBoard shows. */
export interface EventWriter {
  /** Absolute path of the file being written. */
  readonly path: string;
  /** Adds one point to each of the curves `values` is keyed by. `wallTime` in seconds since 1970. Kept in memory until `flush`. */
  scalars(step: number, values: { readonly [tag: string]: number }, wallTime?: number): void;
  /** Appends what has gathered to the file. */
  flush(): void;
  /** Flushes and closes. The writer is of no use afterwards. */
  close(): void;
}

let writers = 0;

/**
 * Opens a new TensorBoard event file in `directory` (made if it is not there). A run that is continued opens another file beside
 * the first; TensorBoard reads all of them, in the order of their names, as one run.
 */
export function createEventWriter(directory: string): EventWriter {
  mkdirSync(directory, { recursive: true });
  const now = Date.now() / 1000;
  const name = `events.out.tfevents.${Math.floor(now)}.layerloom.${process.pid}.${writers++}`;
  const path = join(directory, name);
  const file = openSync(path, 'a', fileModeIn(directory));
  let pending: Uint8Array[] = [];
  const add = (event: { readonly [field: string]: unknown }) =>
    pending.push(frameRecord(EventMessage.encode(EventMessage.create(event)).finish()));
  const flush = () => {
    if (pending.length === 0) return;
    const bytes = Buffer.concat(pending);
    pending = [];
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  add({ wallTime: now, fileVersion: 'brain.Event:2' });
  try {
    flush();
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    path,
    scalars(step, values, wallTime = Date.now() / 1000) {
      const value = Object.entries(values).map(([tag, simpleValue]) => ({ tag, simpleValue }));
      add({ wallTime, step, summary: { value } });
    },
    flush,
    close() {
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}
