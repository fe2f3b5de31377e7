/**
 * The gradient of max pooling: sends each result's slope to the first largest input of its window. Pictures `from` to `to`, which it clears
 * first; `shape` holds the sizes.
 */
export function maxPoolGrad(from: i32, to: i32, shape: usize, x: usize, dy: usize, dx: usize): void {
  const height = load<i32>(shape);
  const width = load<i32>(shape, 4);
  const channels = load<i32>(shape, 8);
  const outHeight = load<i32>(shape, 12);
  const outWidth = load<i32>(shape, 16);
  const strideY = load<i32>(shape, 20);
  const strideX = load<i32>(shape, 24);
  const windowY = load<i32>(shape, 28);
  const windowX = load<i32>(shape, 32);
  const top = load<i32>(shape, 36);
  const left = load<i32>(shape, 40);
  const place = channels << 2;
  const line = width * place;
  const vectors = place & ~15;
  for (let image = from; image < to; image++) {
    const offset = <usize>image * height * line;
    memory.fill(dx + offset, 0, <usize>height * line);
    let slope = dy + <usize>image * outHeight * outWidth * place;
    for (let oh = 0; oh < outHeight; oh++) {
      const y0 = max(0, oh * strideY - top);
      const y1 = min(height, oh * strideY - top + windowY);
      for (let ow = 0; ow < outWidth; ow++, slope += place) {
        const x0 = max(0, ow * strideX - left);
        const x1 = min(width, ow * strideX - left + windowX);
        if (y0 >= y1 || x0 >= x1) continue;
        const first = offset + <usize>y0 * line + <usize>x0 * place;
        const lines = y1 - y0;
        const places = x1 - x0;
        let c = 0;
        for (; c < vectors; c += 16) {
          let best = v128.load(x + first + c);
          let where = i32x4.splat(0);
          let number = 0;
          for (let i = 0, at = x + first + c; i < lines; i++, at += line)
            for (let j = 0, p = at; j < places; j++, p += place, number++) {
              const value = v128.load(p);
              const larger = f32x4.gt(value, best);
              best = v128.bitselect(value, best, larger);
              where = v128.bitselect(i32x4.splat(number), where, larger);
            }
          const d = v128.load(slope + c);
          number = 0;
          for (let i = 0, at = dx + first + c; i < lines; i++, at += line)
            for (let j = 0, p = at; j < places; j++, p += place, number++)
              v128.store(p, f32x4.add(v128.load(p), v128.and(d, i32x4.eq(where, i32x4.splat(number)))));
        }
        for (; c < place; c += 4) {
          let best = first + c;
          for (let i = 0, at = first + c; i < lines; i++, at += line)
            for (let j = 0, p = at; j < places; j++, p += place) if (load<f32>(x + p) > load<f32>(x + best)) best = p;
          store<f32>(dx + best, load<f32>(dx + best) + load<f32>(slope + c));
        }
      }
    }
  }
}
