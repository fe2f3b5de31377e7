/** What the first bytes of a file, or all of them, say of it. */
export interface PictureNature {
  /** One that both the app and the exported program decode to the same pixels; null for anything else. */
  readonly kind: 'jpeg' | 'png' | 'gif' | 'webp' | null;
  /** A format of pictures that is not read, by name. */
  readonly other: string | null;
  /** Four inks instead of three colours: the decoder's colour profile must be kept out of it. */
  readonly cmyk: boolean;
  /** Why it cannot be used although its kind is read, as the end of the sentence "it is …"; null where nothing is wrong so far. */
  readonly damage: string | null;
}

/**
 * Tells what a file is by what is inside, never by its ending, and looks for damage that one decoder passes over and another refuses.
 * Of a whole file it walks the structure: PNG to its last chunk, GIF through every frame's codes (giflib, which TensorFlow uses, reads
 * them all even where one frame is wanted). Decoding tells the rest.
 *
 * It is handed over to threads as text (`toString`): it may use nothing else of this file.
 * @param bytes the whole file, or its first bytes (64 at least)
 * @param whole whether these are all bytes
 */
export function inspectPicture(bytes: Uint8Array, whole: boolean): PictureNature {
  const at = (index: number): number => bytes[index] ?? 0;
  const text = (from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length));
  const be16 = (index: number): number => at(index) * 256 + at(index + 1);
  const le16 = (index: number): number => at(index) + at(index + 1) * 256;
  const be32 = (index: number): number => be16(index) * 65536 + be16(index + 2);
  const nature = (kind: PictureNature['kind'], damage: string | null, cmyk = false): PictureNature => ({
    kind,
    other: null,
    cmyk,
    damage,
  });
  const other = (name: string): PictureNature => ({ kind: null, other: name, cmyk: false, damage: null });
  const CUT_OFF = 'cut off before its end';

  /** Up to the frame header: coding, depth and the number of inks or colours. */
  const jpeg = (): PictureNature => {
    let from = 2;
    while (from + 3 < bytes.length) {
      if (at(from) !== 0xff) {
        from++;
        continue;
      }
      const marker = at(from + 1);
      // Fill bytes, and markers that stand alone.
      if (marker === 0xff || marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) {
        from += marker === 0xff ? 1 : 2;
        continue;
      }
      if (marker === 0xd9 || marker === 0xda) break;
      const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
      if (isFrame && from + 9 < bytes.length) {
        if (marker > 0xc2) return other(marker > 0xc8 ? 'arithmetic-coded JPEG' : 'lossless or hierarchical JPEG');
        if (at(from + 4) !== 8) return other(`JPEG of ${at(from + 4)} bits`);
        const inks = at(from + 9);
        if (inks !== 1 && inks !== 3 && inks !== 4) return other(`JPEG of ${inks} channels`);
        return nature('jpeg', null, inks === 4);
      }
      from += 2 + Math.max(2, be16(from + 2));
    }
    return nature('jpeg', whole ? CUT_OFF : null);
  };

  const png = (): PictureNature => {
    if (!whole) return nature('png', null);
    let from = 8;
    while (from + 12 <= bytes.length) {
      const next = from + 12 + be32(from);
      const type = text(from + 4, 4);
      if (next > bytes.length) break;
      if (type === 'IEND')
        return nature('png', be32(from + 8) === 0xae426082 ? null : 'of a wrong check sum at its end');
      from = next;
    }
    return nature('png', CUT_OFF);
  };

  /** One frame's codes, as giflib reads them: as many pixels as the frame has, no code that is not there yet, no colour that is not there. */
  const lzw = (data: Uint8Array, minimum: number, pixels: number, colours: number): string | null => {
    if (minimum < 1 || minimum > 8) return 'of a wrong code size';
    const clear = 1 << minimum;
    // Of the run of pixels that each code stands for: how many, the first one, the largest one.
    const lengths = new Int32Array(4096).fill(1);
    const firsts = new Int32Array(4096).map((_, code) => code);
    const largest = new Int32Array(4096).map((_, code) => code);
    let [size, next, last, left, held, bits, most] = [minimum + 1, clear + 2, -1, pixels, 0, 0, 0];
    for (let i = 0; left > 0; ) {
      while (bits < size) {
        if (i >= data.length) return 'short of pixels';
        held |= (data[i++] as number) << bits;
        bits += 8;
      }
      const code = held & ((1 << size) - 1);
      held >>>= size;
      bits -= size;
      if (code === clear) {
        [size, next, last] = [minimum + 1, clear + 2, -1];
        continue;
      }
      if (code === clear + 1) return 'short of pixels';
      if (last < 0 ? code > clear : code > next || (code === next && next >= 4096)) return 'of codes that mean nothing';
      if (last >= 0 && next < 4096) {
        const first = firsts[code === next ? last : code] as number;
        lengths[next] = (lengths[last] as number) + 1;
        firsts[next] = firsts[last] as number;
        largest[next] = Math.max(largest[last] as number, first);
        next++;
        if (next === 1 << size && size < 12) size++;
      }
      left -= lengths[code] as number;
      most = Math.max(most, largest[code] as number);
      last = code;
    }
    if (most >= colours) return 'of colours that its table does not hold';
    return left < 0 ? 'of more pixels than its frame holds' : null;
  };

  const gif = (): PictureNature => {
    if (!whole) return nature('gif', null);
    const table = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));
    const [width, height] = [le16(6), le16(8)];
    let from = 13 + table(at(10));
    let frames = 0;
    /** Sub-blocks from here, put together, and the byte after them. */
    const blocks = (start: number): { data: Uint8Array; end: number } | null => {
      const parts: Uint8Array[] = [];
      let i = start;
      for (let length = at(i); length > 0; length = at(i)) {
        parts.push(bytes.subarray(i + 1, i + 1 + length));
        i += 1 + length;
        if (i >= bytes.length) return null;
      }
      const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      parts.reduce((to, part) => {
        data.set(part, to);
        return to + part.length;
      }, 0);
      return { data, end: i + 1 };
    };
    while (from < bytes.length) {
      const mark = at(from);
      if (mark === 0x3b) return nature('gif', frames > 0 ? null : 'without a picture');
      const isFrame = mark === 0x2c;
      if (!isFrame && mark !== 0x21) return nature('gif', 'of a block that means nothing');
      const start = isFrame ? from + 10 + table(at(from + 9)) + 1 : from + 2;
      if (start >= bytes.length) break;
      const found = blocks(start);
      if (found === null) break;
      if (isFrame) {
        const [left, top, wide, high] = [le16(from + 1), le16(from + 3), le16(from + 5), le16(from + 7)];
        if (frames === 0 && (left !== 0 || top !== 0 || wide !== width || high !== height))
          return other('GIF whose first picture does not fill it');
        const colours = (table(at(from + 9)) || table(at(10))) / 3;
        const damage = lzw(found.data, at(start - 1), wide * high, colours);
        if (damage !== null) return nature('gif', damage);
        frames++;
      }
      from = found.end;
    }
    return nature('gif', CUT_OFF);
  };

  const webp = (): PictureNature => {
    if (text(12, 4) === 'VP8X' && (at(20) & 2) !== 0) return other('animated WebP');
    const size = at(4) + at(5) * 256 + at(6) * 65536 + at(7) * 16777216 + 8;
    return nature('webp', whole && bytes.length < size ? CUT_OFF : null);
  };

  if (at(0) === 0xff && at(1) === 0xd8 && at(2) === 0xff) return jpeg();
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return png();
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return gif();
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return webp();
  if (text(0, 2) === 'BM') return other('BMP');
  if (/^(II[*+]\0|MM\0[*+])/.test(text(0, 4))) return other('TIFF');
  if (text(4, 4) === 'ftyp') {
    const brand = text(8, 4);
    if (/^avi[fs]/.test(brand)) return other('AVIF');
    if (/^(he[ivx]|hev|m[is]f1)/.test(brand)) return other('HEIC');
  }
  if (text(4, 8) === 'jP  \r\n\x87\n' || be32(0) === 0xff4fff51) return other('JPEG 2000');
  if (text(4, 8) === 'JXL \r\n\x87\n' || be16(0) === 0xff0a) return other('JPEG XL');
  if (text(0, 4) === '8BPS') return other('Photoshop');
  if (be32(0) === 0x00000100 && le16(4) > 0 && le16(4) < 256) return other('ICO');
  if (/^P[1-7]\s/.test(text(0, 3))) return other('PNM');
  if (/^(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE svg|!--|svg)/i.test(text(0, 64))) return other('SVG');
  return nature(null, null);
}
