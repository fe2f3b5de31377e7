/** Endings of files that are usually decoded, in any case. */
export const PICTURE_ENDINGS = ['.png', '.jpg', '.jpeg', '.jpe', '.jfif', '.webp', '.gif'] as const;

/**
 * Endings of other pictures. Such files are opened too, since what is inside decides: one that holds a PNG is read, one that is what its
 * ending says is left out by name.
 */
export const OTHER_ENDINGS = [
  '.pjpeg',
  '.pjp',
  '.bmp',
  '.dib',
  '.tif',
  '.tiff',
  '.avif',
  '.heic',
  '.heif',
  '.jp2',
  '.jxl',
  '.psd',
  '.ico',
  '.tga',
  '.ppm',
  '.pgm',
  '.svg',
] as const;
