import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventMessage } from '../../../core/formats/tensorboard/eventProto.ts';
import { createEventWriter } from '../../../core/formats/tensorboard/node.ts';
import { frameRecord } from '../../../core/formats/tensorboard/record.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'layerloom-events-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The messages of an event file, each record checked by framing its data again. */
function readEvents(path: string): { [field: string]: unknown }[] {
  const bytes = readFileSync(path);
  const events: { [field: string]: unknown }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(Buffer.from(frameRecord(data)).equals(bytes.subarray(at, at + length + 16))).toBe(true);
    events.push(EventMessage.toObject(EventMessage.decode(data), { longs: Number }));
    at += length + 16;
  }
  return events;
}

describe('TensorBoard event files', () => {
  it('begin with the file version and hold the scalars in order', () => {
    const writer = createEventWriter(join(directory, 'made'));
    writer.scalars(0, { loss: 2.5 }, 1000.25);
    writer.scalars(5_000_000_000, { loss: 0 }, 1001);
    writer.close();
    expect(writer.path).toMatch(/events\.out\.tfevents\.\d{10}\.layerloom\./);
    expect(readEvents(writer.path)).toMatchObject([
      { fileVersion: 'brain.Event:2' },
      // Step 0 is the default, which the wire leaves out; a value of 0 is in a oneof, which it must not leave out.
      { wallTime: 1000.25, summary: { value: [{ tag: 'loss', simpleValue: 2.5 }] } },
      { wallTime: 1001, step: 5_000_000_000, summary: { value: [{ tag: 'loss', simpleValue: 0 }] } },
    ]);
  });

  it('leave whole records in the file at each flush, and never share a file', () => {
    const first = createEventWriter(directory);
    const second = createEventWriter(directory);
    first.scalars(1, { loss: 1 });
    expect(readEvents(first.path)).toHaveLength(1);
    first.flush();
    first.flush();
    expect(readEvents(first.path)).toHaveLength(2);
    first.close();
    second.close();
    expect(readdirSync(directory)).toHaveLength(2);
  });

  it('carry the checksum that the TFRecord format asks for', () => {
    // Length 3 and its masked CRC-32C, "abc" and its masked CRC-32C, as TensorFlow's own writer gives them.
    expect(Buffer.from(frameRecord(new TextEncoder().encode('abc'))).toString('hex')).toBe(
      '0300000000000000b099490e6162636e57f121',
    );
  });
});
