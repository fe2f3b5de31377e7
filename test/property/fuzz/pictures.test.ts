import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { inspectPicture } from '../../../core/data/folder/inspectPicture.ts';
import { decodePictures, readPictureFacts } from '../../../core/data/folder/picturePool.ts';
import { caseCount, cpuSince, drawFrom, LIMIT_MS } from './draw.ts';
import { spoilBytes } from './spoil.ts';

const CASES = caseCount(3000);
const AT_ONCE = 20;
const FORM = { height: 6, width: 5, channels: 3, fit: 'crop' } as const;

/** Every picture among the fixtures: jpeg, png, gif, webp and what is not read. */
const SOUND = readdirSync(resolve(import.meta.dirname, '../../fixtures'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(jpe?g|jfif|png|gif|webp|bmp|tiff?|avif|svg)$/i.test(name))
  .sort()
  .map((name) => join(resolve(import.meta.dirname, '../../fixtures'), name))
  .filter((path) => statSync(path).isFile())
  .map((path) => new Uint8Array(readFileSync(path)));

it(`${CASES.toLocaleString('en')} spoiled pictures: decoded whole or left out with a reason, none for long`, async () => {
  expect(SOUND.length).toBeGreaterThan(20);
  const counts = { decoded: 0, refused: 0 };
  let slowest = { ms: 0, seed: -1 };
  for (let from = 0; from < CASES; from += AT_ONCE) {
    const files = Array.from({ length: Math.min(AT_ONCE, CASES - from) }, (_, i) => {
      const draw = drawFrom(from + i);
      let bytes = draw.pick(SOUND);
      for (let times = 1 + draw.below(3); times > 0; times--) bytes = spoilBytes(bytes, draw);
      return bytes;
    });
    // Threads decode; processor time is that of the whole process.
    const start = process.cpuUsage();
    for (const bytes of files) {
      const nature = inspectPicture(bytes, true);
      expect(nature.damage?.length ?? 0).toBeLessThan(200);
    }
    const facts = await readPictureFacts(files);
    const { pixels, faults } = await decodePictures(files, FORM, true);
    const ms = cpuSince(start);
    if (ms > slowest.ms) slowest = { ms, seed: from };
    expect(facts).toHaveLength(files.length);
    expect(pixels).toHaveLength(files.length * FORM.height * FORM.width * FORM.channels);
    for (const [i, fault] of faults.entries()) {
      counts[fault === null ? 'decoded' : 'refused'] += 1;
      if (fault === null) continue;
      expect(fault.fault.length, `picture ${from + i}`).toBeLessThan(200);
      expect(fault.fault, `picture ${from + i}`).not.toMatch(/takes more than|undefined|TypeError|Error:/);
      // A picture that is left out leaves nothing behind.
      const size = FORM.height * FORM.width * FORM.channels;
      expect(pixels.subarray(i * size, (i + 1) * size).every((value) => value === 0)).toBe(true);
    }
  }
  expect(slowest.ms, `one of ${AT_ONCE} from ${slowest.seed}`).toBeLessThan(LIMIT_MS);
  expect(counts.decoded).toBeGreaterThan(CASES / 50);
  expect(counts.refused).toBeGreaterThan(CASES / 50);
  console.info(`${CASES} pictures: ${JSON.stringify(counts)}; slowest ${AT_ONCE} together ${slowest.ms.toFixed(0)} ms`);
});
