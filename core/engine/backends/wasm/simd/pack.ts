/**
 * Packs panels `from` to `to` of a factor b[tap][k][j] as [panel][tap][k][8], eight columns each, zeros beyond the last. Strides in
 * numbers; `tapIndex` lists (as i32) which tap of the source comes at each place.
 */
export function packPanels(
  from: i32,
  to: i32,
  source: usize,
  tapIndex: usize,
  taps: i32,
  depth: i32,
  columns: i32,
  tapStride: i32,
  kStride: i32,
  jStride: i32,
  packed: usize,
): void {
  const panelBytes = (<usize>taps * depth) << 5;
  for (let panel = from; panel < to; panel++) {
    let target = packed + <usize>panel * panelBytes;
    const width = min(8, columns - panel * 8);
    const first = source + ((<usize>panel * 8 * jStride) << 2);
    for (let tap = 0; tap < taps; tap++) {
      const start = first + ((<usize>load<i32>(tapIndex + ((<usize>tap) << 2)) * tapStride) << 2);
      if (width === 8 && jStride === 1) {
        let at = start;
        for (let k = 0; k < depth; k++, at += kStride << 2, target += 32) {
          v128.store(target, v128.load(at));
          v128.store(target, v128.load(at, 16), 16);
        }
        continue;
      }
      if (width === 8 && kStride === 1) {
        target = packTransposed(start, depth, jStride << 2, target);
        continue;
      }
      for (let k = 0; k < depth; k++, target += 32) {
        let at = start + ((<usize>k * kStride) << 2);
        for (let j = 0; j < 8; j++, at += jStride << 2) store<f32>(target + (j << 2), j < width ? load<f32>(at) : 0);
      }
    }
  }
}

/** Eight columns that lie along the source's lines, four by four through the registers. Returns the address after the last number. */
function packTransposed(source: usize, depth: i32, line: i32, target: usize): usize {
  let k = 0;
  for (; k + 4 <= depth; k += 4, source += 16, target += 128) {
    transpose4(source, line, target);
    transpose4(source + (line << 2), line, target + 16);
  }
  for (; k < depth; k++, source += 4, target += 32)
    for (let j = 0; j < 8; j++) store<f32>(target + (j << 2), load<f32>(source + <usize>j * line));
  return target;
}

/** A block of 4 by 4, from lines `line` bytes apart to lines of 32 bytes. */
function transpose4(source: usize, line: i32, target: usize): void {
  const r0 = v128.load(source);
  const r1 = v128.load(source + line);
  const r2 = v128.load(source + line * 2);
  const r3 = v128.load(source + line * 3);
  const a = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const b = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const c = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const d = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(target, i32x4.shuffle(a, b, 0, 1, 4, 5));
  v128.store(target, i32x4.shuffle(a, b, 2, 3, 6, 7), 32);
  v128.store(target, i32x4.shuffle(c, d, 0, 1, 4, 5), 64);
  v128.store(target, i32x4.shuffle(c, d, 2, 3, 6, 7), 96);
}

/** Copies places `from` to `to` of `channels` numbers each to places of `padded` numbers, zeros beyond. */
export function padChannels(from: i32, to: i32, source: usize, channels: i32, padded: i32, target: usize): void {
  let s = source + ((<usize>from * channels) << 2);
  let t = target + ((<usize>from * padded) << 2);
  for (let place = from; place < to; place++) {
    for (let c = 0; c < channels; c++, s += 4, t += 4) store<f32>(t, load<f32>(s));
    for (let c = channels; c < padded; c++, t += 4) store<f32>(t, 0);
  }
}

/**
 * Copies pictures `from` to `to` [height, width, channels] into frames [frameHeight, frameWidth, channels], `top` lines down and `left` places to
 * the right; zeros around, and what does not fit is left out.
 */
export function frame(
  from: i32,
  to: i32,
  source: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  frameHeight: i32,
  frameWidth: i32,
  target: usize,
): void {
  const place = channels << 2;
  const line = frameWidth * place;
  const used = max(0, min(width, frameWidth - left)) * place;
  for (let image = from; image < to; image++) {
    let at = target + <usize>image * frameHeight * line;
    for (let y = 0; y < frameHeight; y++, at += line) {
      const sourceY = y - top;
      if (<u32>sourceY >= <u32>height) {
        memory.fill(at, 0, line);
        continue;
      }
      const first = min(left, frameWidth) * place;
      memory.fill(at, 0, first);
      memory.copy(at + first, source + (<usize>image * height + sourceY) * width * place, used);
      memory.fill(at + first + used, 0, line - first - used);
    }
  }
}
