import { useSyncExternalStore } from 'react';

/*
 * Text is measured in rem. What is placed by number instead (rows of tables, charts, pictures among text) multiplies by this scale.
 */
const listeners = new Set<() => void>();
const USUAL_PX = 16;
// Kept, since asking makes the browser work out all styles at once.
let known: number | null = null;

/** How large text is: 1 where the browser's own text size and the app's are the usual ones. */
export function textScale(): number {
  known ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX;
  return known;
}

/** Sets the size of all text of this page, in per cent of the browser's own. */
export function wearTextSize(percent: number): void {
  const size = `${percent}%`;
  if (document.documentElement.style.fontSize === size) return;
  document.documentElement.style.fontSize = size;
  known = null;
  askContainersAnew();
  for (const listener of listeners) listener();
}

/** Chromium goes on with some of what it found for container queries in rem before: a box that was none for a moment is asked anew. */
function askContainersAnew(): void {
  const app = document.getElementById('root');
  if (app === null) return;
  app.style.containerType = 'normal';
  void app.offsetWidth;
  app.style.removeProperty('container-type');
}

/** Told when the size of text changes. Returns what ends that. */
export function onTextScale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTextScale = (): number => useSyncExternalStore(onTextScale, textScale);
