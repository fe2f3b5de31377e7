import { create } from 'zustand';
import type { LayerNode, LoomDocument } from '../../core/document/index.ts';
import { nodeById } from '../../core/graph/index.ts';
import type { Refusal, RefusalKeeper } from '../ui/refusals.ts';
import { useDocument } from './documentStore.ts';

/** The form a field is in: the settings of a room, or the parameters of a layer. */
export interface FieldPlace {
  readonly room: 'data' | 'design' | 'train';
  readonly nodeId: string | null;
  /** Id of the graph that the layer is in; null where it is no layer's. */
  readonly graphId: string | null;
}

/** A field that shows something else than the design holds, because what was typed cannot be taken. */
export interface RedField extends FieldPlace, Refusal {
  readonly label: string;
}

interface RedFieldState {
  readonly fields: readonly RedField[];
}

/** Red fields stay red when their room or layer leaves the screen: what they show would otherwise be given up without a word. */
export const useRedFields = create<RedFieldState>()(() => ({ fields: [] }));

const isAt = (place: FieldPlace, label: string) => (field: RedField) =>
  field.room === place.room &&
  field.nodeId === place.nodeId &&
  field.graphId === place.graphId &&
  field.label === label;

function setRedField(place: FieldPlace, label: string, refusal: Refusal | null): void {
  const { fields } = useRedFields.getState();
  const there = isAt(place, label);
  if (refusal === null && !fields.some(there)) return;
  const others = fields.filter((field) => !there(field));
  useRedFields.setState({ fields: refusal === null ? others : [...others, { ...place, ...refusal, label }] });
}

/** Lets a red field go: its value counts. */
export function forgetRedField(field: RedField): void {
  setRedField(field, field.label, null);
}

/** The layer that a field belongs to; undefined where it is gone, or the field is no layer's. */
export function fieldOwner({ graphId, nodeId }: FieldPlace, document: LoomDocument): LayerNode | undefined {
  const graph = document.graphs[graphId ?? ''];
  return graph === undefined || nodeId === null ? undefined : nodeById(graph, nodeId);
}

/** The red fields of what the document still has. */
export function redFieldsOf(fields: readonly RedField[], document: LoomDocument): readonly RedField[] {
  return fields.filter((field) => field.nodeId === null || fieldOwner(field, document) !== undefined);
}

/** The keeper of one form, and `show`, which says that the form is on screen until the function returned is called. */
export function createFieldScope(place: FieldPlace): { keeper: RefusalKeeper; show: () => () => void } {
  const present = new Map<string, number>();
  let shown = 0;
  const keeper: RefusalKeeper = {
    subscribe: useRedFields.subscribe,
    get: (label) => useRedFields.getState().fields.find(isAt(place, label)),
    set: (label, refusal) => setRedField(place, label, refusal),
    enter(label) {
      present.set(label, (present.get(label) ?? 0) + 1);
      return () => {
        present.set(label, (present.get(label) ?? 1) - 1);
        // A field that goes while its form stays is no longer asked for (another optimiser was chosen); a form that goes comes back.
        queueMicrotask(() => {
          if (shown > 0 && present.get(label) === 0) setRedField(place, label, null);
        });
      };
    },
  };
  const show = () => {
    shown++;
    return () => {
      shown--;
    };
  };
  return { keeper, show };
}

/** Undo, and another document, take back what was typed as well. Call once. */
export function followUndo(): () => void {
  return useDocument.subscribe((state, before) => {
    const back = state.history.past.length < before.history.past.length;
    if ((back || state.opened !== before.opened) && useRedFields.getState().fields.length > 0)
      useRedFields.setState({ fields: [] });
  });
}
