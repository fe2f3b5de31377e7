import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import { scalerSchema } from '../scaler.ts';
import type { PictureFile } from './pictureJob.ts';
import { decodePictures } from './picturePool.ts';

const pictureInput = z.strictObject({ picture: z.string().min(1) });
const DATA_URL = /^data:image\/[a-z0-9.+-]+;base64,/i;
/** Pictures decoded in one go. */
const CHUNK = 32;

/**
 * Puts pixels in the place of pictures among the inputs of a prediction: `{picture: path}` with an absolute path, or
 * `{picture: "data:image/png;base64,…"}`. They are brought to what the network reads, as its training pictures were. Other inputs stay.
 * @param scaler what `LoadedDataset.scaler` or a run's `data.json` holds
 * @throws ProblemError `predict-input` that names the sample
 */
export async function readPictureInputs(scaler: unknown, inputs: readonly JsonValue[]): Promise<readonly JsonValue[]> {
  const pictures = inputs.flatMap((input, at) => {
    const parsed = pictureInput.safeParse(input);
    return parsed.success ? [{ at, ...fileOf(parsed.data.picture, at) }] : [];
  });
  if (pictures.length === 0) return inputs;
  const parsed = scalerSchema.safeParse(scaler);
  if (!parsed.success || parsed.data.kind !== 'image') {
    throw problem(pictures[0]?.at ?? 0, 'is a picture, but the model reads the columns of a table. Give it a row');
  }
  const { height, width, channels, maximum, resize, fit = 'stretch' } = parsed.data;
  if (channels !== 1 && channels !== 3) {
    throw problem(
      pictures[0]?.at ?? 0,
      `is a picture, but the model reads ${channels} channels, and a picture has 1 or 3`,
    );
  }
  const [outHeight, outWidth] = resize ?? [height, width];
  const form = { height: outHeight, width: outWidth, channels, fit } as const;
  const size = outHeight * outWidth * channels;
  const result: JsonValue[] = [...inputs];
  for (let from = 0; from < pictures.length; from += CHUNK) {
    const chunk = pictures.slice(from, from + CHUNK);
    const { pixels, faults } = await decodePictures(
      chunk.map(({ file }) => file),
      form,
    );
    chunk.forEach(({ at, name }, i) => {
      const fault = faults[i];
      if (fault) throw problem(at, `cannot be used: ${name} ${fault.fault}`);
      result[at] = Array.from(pixels.subarray(i * size, (i + 1) * size), (value) => (value / 255) * maximum);
    });
  }
  return result;
}

function fileOf(picture: string, at: number): { file: PictureFile; name: string } {
  const start = DATA_URL.exec(picture)?.[0];
  if (start !== undefined) return { file: Buffer.from(picture.slice(start.length), 'base64'), name: 'the picture' };
  if (isAbsolute(picture)) return { file: picture, name: `“${picture}”` };
  throw problem(at, `names the picture “${picture}” by a relative path. Give its whole path`);
}

function problem(at: number, what: string): ProblemError {
  return new ProblemError({
    code: 'predict-input',
    title: 'Unusable input',
    message: `Sample ${at + 1} ${what}.`,
    facts: { sample: at },
  });
}
