import type { ReactNode } from 'react';
import type { Glyph } from '../../../core/catalogue/index.ts';

// What flows back into itself: all recurrent layers.
const LOOP = <path d="M12.8 8A4.8 4.8 0 1 1 8 3.2h3.6M9.6 1.4l2.2 1.8-2.2 1.9" />;

/** Drawings of the glyphs in a 16×16 box: strokes of the current colour, `fill` where a part is solid. */
export const GLYPHS: { readonly [G in Glyph | 'block' | 'unknown']: ReactNode } = {
  input: <path d="M3 8h9M8.5 4.5 12 8l-3.5 3.5" />,
  output: (
    <>
      <circle cx="8" cy="8" r="5" />
      <circle cx="8" cy="8" r="1.6" fill="currentColor" />
    </>
  ),
  dense: <path d="M3.5 3.5 12.5 8l-9 4.5M3.5 8h9M12.5 3.5 3.5 8l9 4.5" />,
  embed: <path d="M3 4h4M3 8h4M3 12h4M9.5 3.5h3.5v9H9.5zM9.5 8H13" />,
  conv: (
    <>
      <rect x="2.8" y="2.8" width="10.4" height="10.4" rx="1.6" />
      <rect x="2.8" y="2.8" width="5.6" height="5.6" rx="1.4" fill="currentColor" />
    </>
  ),
  depthwise: (
    <>
      <rect x="2.6" y="5.6" width="7.8" height="7.8" rx="1.4" />
      <path d="M5.4 3h6.4A1.4 1.4 0 0 1 13.2 4.4v6.4" />
      <rect x="2.6" y="5.6" width="4" height="4" rx="1.2" fill="currentColor" />
    </>
  ),
  separable: (
    <>
      <rect x="2.8" y="2.8" width="10.4" height="10.4" rx="1.6" />
      <path d="M8 3v10M3 8h10" />
      <rect x="2.8" y="2.8" width="5.2" height="5.2" rx="1.3" fill="currentColor" />
    </>
  ),
  pool: <path d="M2.8 4h10.4L8 12.6z" />,
  globalPool: (
    <>
      <path d="M2.8 4h10.4L8 12.6z" />
      <circle cx="8" cy="7" r="1.3" fill="currentColor" />
    </>
  ),
  norm: <path d="M2.5 12.2c3 0 3-8.4 5.5-8.4s2.5 8.4 5.5 8.4" />,
  act: <path d="M2.5 11.5h5L13 4" />,
  drop: (
    <>
      <circle cx="4.6" cy="4.6" r="1.5" fill="currentColor" />
      <circle cx="11.4" cy="4.6" r="1.5" />
      <circle cx="4.6" cy="11.4" r="1.5" />
      <circle cx="11.4" cy="11.4" r="1.5" fill="currentColor" />
    </>
  ),
  add: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M8 5.3v5.4M5.3 8h5.4" />
    </>
  ),
  multiply: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="m6 6 4 4m0-4-4 4" />
    </>
  ),
  average: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="M5.6 6.6h4.8M5.6 9.4h4.8" />
    </>
  ),
  maximum: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <path d="m5.6 9.5 2.4-3.4 2.4 3.4" />
    </>
  ),
  concat: <path d="M3 3.5h10v3.6H3zM3 8.9h10v3.6H3z" />,
  rnn: LOOP,
  lstm: LOOP,
  gru: LOOP,
  attention: (
    <>
      <path d="M3.5 4.5v7M12.5 4.5 3.5 8l9 3.5" />
      <circle cx="12.5" cy="4.5" r="1.5" fill="currentColor" />
      <circle cx="12.5" cy="11.5" r="1.5" />
      <circle cx="3.5" cy="8" r="1.5" fill="currentColor" />
    </>
  ),
  flatten: <path d="M3 3.5h4v4H3zM3 12h10M9.5 5.5H13M11.3 3.8 13 5.5l-1.7 1.7" />,
  reshape: <path d="M3 6.5V3h3.5M13 9.5V13H9.5M3.3 3.3l9.4 9.4" />,
  split: <path d="M2.5 8h4M6.5 8l3-3.5h4M6.5 8l3 3.5h4" />,
  permute: <path d="M3 5.5h9M9.8 3.3 12 5.5 9.8 7.7M13 10.5H4M6.2 8.3 4 10.5l2.2 2.2" />,
  pad: (
    <>
      <rect x="2.6" y="2.6" width="10.8" height="10.8" rx="1.6" strokeDasharray="2 1.6" />
      <rect x="5.6" y="5.6" width="4.8" height="4.8" rx="1" fill="currentColor" />
    </>
  ),
  upsample: <path d="M3 9v4h4zM6.5 9.5 13 3M8.8 3H13v4.2" />,
  block: (
    <>
      <path d="M5.4 2.8h6.2a1.6 1.6 0 0 1 1.6 1.6v6.2" />
      <rect x="2.8" y="5.4" width="7.8" height="7.8" rx="1.6" />
      <path d="M5.3 9.3h2.8" />
    </>
  ),
  unknown: (
    <>
      <rect x="2.8" y="2.8" width="10.4" height="10.4" rx="1.6" strokeDasharray="2 1.6" />
      <path d="M6.4 6.5a1.6 1.6 0 1 1 2.4 1.4c-.5.3-.8.6-.8 1.2M8 11.2v.1" />
    </>
  ),
};
