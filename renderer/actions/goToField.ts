import { forgetRedField, type RedField } from '../stores/redFields.ts';
import { goToRoom } from '../stores/uiStore.ts';
import { goTo } from './goTo.ts';

const WAIT_MS = 2000;

/** Shows a red field, unfolds what it is in, and puts the cursor there. One that no longer exists is let go. */
export async function goToField(field: RedField): Promise<void> {
  goToRoom(field.room);
  if (field.nodeId !== null) goTo({ graph: field.graphId ?? undefined, nodeIds: [field.nodeId] });
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const input = findInput(field.label);
    if (input !== undefined) {
      unfold(input);
      requestAnimationFrame(() => input.select());
      return;
    }
    if (performance.now() > until) break;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  forgetRedField(field);
}

function findInput(label: string): HTMLInputElement | undefined {
  return [...document.querySelectorAll<HTMLInputElement>('input[aria-invalid="true"]')].find(
    (input) => input.ariaLabel === label,
  );
}

function unfold(input: HTMLElement): void {
  const folded = input.closest('.section-folded[data-state="closed"]');
  folded?.closest('.section')?.querySelector<HTMLElement>('.section-fold')?.click();
}
