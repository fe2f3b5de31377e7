import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { serialiseDocument } from '../../../core/document/index.ts';
import { detectFormat, safetensorsParts } from '../../../core/formats/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';

const design = findTemplate('xor-mlp')?.create();
if (design === undefined) throw new Error('There is no such template.');
const zip = (name: string, level: 0 | 6 = 0) => zipSync({ [name]: [new Uint8Array(3000), { level }] });
const safetensors = Buffer.concat(safetensorsParts(new Map([['a', { shape: [2], data: new Float32Array(2) }]])));

it.each([
  ['design', strToU8(serialiseDocument(design))],
  ['design', strToU8(`\uFEFF\r\n ${serialiseDocument(design)}`)],
  ['keras', zip('metadata.json')],
  ['keras', zip('config.json', 6)],
  ['npz', zip('arr_0.npy', 6)],
  ['tfjs', strToU8('{"modelTopology": {}, "format": "layers-model"}')],
  ['tfjs', strToU8('{"format":"layers-model","generatedBy":"keras"}')],
  ['safetensors', safetensors],
  // Others begin alike.
  [null, zip('word/document.xml')],
  [null, zip('data.csv')],
  [null, strToU8('{"format": "something", "modelTopology": 1}')],
  [null, strToU8('PK\x03\x04')],
  [null, strToU8('"""A program."""\n')],
  [null, strToU8('a,b\n1,2\n')],
  [null, new Uint8Array(4096).fill(0xff)],
  [null, new Uint8Array()],
])('is %s, whatever the file is called', (id, content) => {
  expect(detectFormat(content)?.id ?? null).toBe(id);
  // In a larger memory, and longer than what is looked at.
  const offset = new Uint8Array(content.length + 10_007);
  offset.set(content, 7);
  const inside = offset.subarray(7, 7 + content.length);
  expect(detectFormat(inside)?.id ?? null).toBe(id);
});

it('a zip whose first name is longer than what is looked at is nothing that is known', () => {
  expect(detectFormat(zip(`${'x'.repeat(60_000)}.npy`))).toBeNull();
});
