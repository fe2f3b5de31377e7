import type { CSSProperties } from 'react';

/** Chroma of what has a colour of its own: that of a family. */
const CHROMA = 0.13;

/** The style of an element of class `f-…` that takes a hue of its own, in degrees; nothing where there is none. */
export function ownHue(hue: number | null): CSSProperties | undefined {
  return hue === null ? undefined : ({ '--h': hue, '--c': CHROMA } as CSSProperties);
}

/** The same as a colour, for what is no element of its own. */
export const hueColour = (hue: number): string => `oklch(var(--l) ${CHROMA} ${hue})`;
