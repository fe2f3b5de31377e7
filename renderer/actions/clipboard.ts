import { copyItems, isClipboardText } from '../../core/commands/index.ts';
import { canvasView } from '../stores/canvasStore.ts';
import { currentGraph, dispatchHere, useDocument } from '../stores/documentStore.ts';
import { select, useSelection } from '../stores/selectionStore.ts';
import { toast } from '../stores/uiStore.ts';

export function selectionText(): string | null {
  const { nodeIds } = useSelection.getState();
  return nodeIds.length === 0 ? null : copyItems(currentGraph(), nodeIds, useDocument.getState().document.graphs);
}

/** Deletes what is selected; wires are drawn across the gap where the chain allows it. */
export function deleteSelection(): void {
  const { nodeIds, edgeIds } = useSelection.getState();
  if (nodeIds.length === 0 && edgeIds.length === 0) return;
  const done = dispatchHere({ command: 'deleteItems', args: { nodeIds, edgeIds, relink: true } });
  if (done.ok) select([]);
}

/** Pastes layers at the pointer and selects them. False when the text is not layers. */
export function pasteText(text: string): boolean {
  if (!isClipboardText(text)) return false;
  const position = canvasView()?.cursor().position ?? null;
  const pasted = dispatchHere({
    command: 'pasteItems',
    args: { text, position: position === null ? null : { ...position } },
  });
  if (pasted.ok) select(pasted.value.created.filter((id) => currentGraph().nodes[id] !== undefined));
  return true;
}

// For buttons and menus; the keyboard goes through the browser's own clipboard events, which need no permission.
export async function copyToSystem(): Promise<void> {
  const text = selectionText();
  if (text === null) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    toast({
      tone: 'warning',
      title: 'Could not copy',
      message: 'The clipboard was refused. Press Ctrl+C on the canvas instead.',
    });
  }
}

export async function pasteFromSystem(): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    if (!pasteText(text))
      toast({
        tone: 'info',
        title: 'Nothing to paste',
        message: 'The clipboard holds no layers. Copy some on a canvas first.',
      });
  } catch {
    toast({
      tone: 'warning',
      title: 'Could not paste',
      message: 'The clipboard was refused. Press Ctrl+V on the canvas instead.',
    });
  }
}

function belongsToText(event: ClipboardEvent): boolean {
  const { target } = event;
  const typing =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="dialog"] *'));
  return typing || canvasView() === null;
}

/** Makes copy, cut and paste of layers work through the browser's clipboard events. Call once. */
export function installClipboard(): () => void {
  const onCopy = (event: ClipboardEvent) => {
    // Selected prose is copied as prose.
    if (belongsToText(event) || window.getSelection()?.isCollapsed === false) return;
    const text = selectionText();
    if (text === null) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    if (event.type === 'cut') deleteSelection();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (belongsToText(event)) return;
    if (pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  };
}
