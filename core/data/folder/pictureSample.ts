import { ProblemError } from '../../errors.ts';
import type { Sample } from '../schema.ts';
import type { PictureForm } from './pictureJob.ts';
import { decodePictures } from './picturePool.ts';

/** Samples to look at are not larger than this on their longer side: a page of them has to travel to the window. */
const SHOWN_SIDE = 96;

/**
 * One picture as the network reads it, smaller where that is large.
 * @throws ProblemError `picture-gone`
 */
export async function pictureSample(file: string, id: string, target: string, form: PictureForm): Promise<Sample> {
  const scale = Math.min(1, SHOWN_SIDE / Math.max(form.height, form.width));
  const height = Math.max(1, Math.round(form.height * scale));
  const width = Math.max(1, Math.round(form.width * scale));
  const { pixels, faults } = await decodePictures([file], { ...form, height, width });
  const [fault] = faults;
  if (fault) {
    throw new ProblemError({
      code: 'picture-gone',
      title: 'Picture lost',
      message: `“${file}” ${fault.fault}, though it could be read when the data were opened. Read the data again.`,
      facts: { file },
    });
  }
  const image = { height, width, channels: form.channels, pixels: Buffer.from(pixels).toString('base64') };
  return { id, target, image, row: null, file };
}
