import { join } from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { jsonFile } from '../core/host/node.ts';

const DEFAULT_SIZE = { width: 1440, height: 900 };
const SETTLE_MS = 500;

const stateSchema = z.object({
  bounds: z
    .object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })
    .nullable(),
  maximized: z.boolean(),
});

/** A screen may have been unplugged since: a window that could not be reached is placed anew. */
function isVisible(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const across = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const down = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return across >= 200 && down >= 100;
  });
}

/** Remembers the window's place in `<home>/window.json`. */
export async function windowState(home: string) {
  const file = jsonFile(join(home, 'window.json'), stateSchema, { bounds: null, maximized: false });
  const stored = await file.read();
  return {
    options: stored.bounds && isVisible(stored.bounds) ? stored.bounds : DEFAULT_SIZE,
    maximized: stored.maximized,
    follow: (window: BrowserWindow) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const save = () => {
        if (window.isDestroyed()) return;
        const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
        // Where a window stood is not worth a message if the disk refuses it.
        file.change(() => state).catch(() => undefined);
      };
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(save, SETTLE_MS);
      };
      window.on('resize', later);
      window.on('move', later);
      window.on('close', () => {
        clearTimeout(timer);
        save();
      });
    },
  };
}
