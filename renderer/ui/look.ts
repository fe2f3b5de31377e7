import { wearTextSize } from './textScale.ts';

/** How a page looks, as far as a person chooses it. */
export interface Look {
  readonly theme: 'light' | 'dark';
  /** In per cent of the browser's own. */
  readonly textSize: number;
}

export function wearLook({ theme, textSize }: Look): void {
  document.documentElement.dataset.theme = theme;
  wearTextSize(textSize);
}

/** A look as a page tells it to a page within it: `dark,150`. */
export const writeLook = ({ theme, textSize }: Look): string => `${theme},${textSize}`;

/** Reads what `writeLook` wrote; anything else is the usual look. */
export function readLook(text: unknown): Look {
  const [theme, size] = String(text).split(',');
  const textSize = Number(size);
  return { theme: theme === 'dark' ? 'dark' : 'light', textSize: textSize >= 50 && textSize <= 400 ? textSize : 100 };
}
