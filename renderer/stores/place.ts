import type { LoomDocument } from '../../core/document/index.ts';
import { type Analysis, type Place, pathTo, type UseStep } from '../../core/graph/index.ts';

type Places = Analysis['places'];

/**
 * What the paths of everything in the graph on screen begin with in the network: empty for the main graph; null where one did not come to
 * it through the network, so that nothing is known of its shapes.
 */
export function pathOf(document: LoomDocument, { graph, uses }: Place): string | null {
  return (uses[0]?.graph ?? graph) === document.root ? pathTo(uses) : null;
}

/** The main graph as a place. */
export function mainPlace({ root }: LoomDocument): Place {
  return { graph: root, uses: [] };
}

/** Where one is when one leaves a block: the graph that holds the use one came through, or the main graph. */
export function outOf(document: LoomDocument, { uses }: Place): Place {
  const last = uses.at(-1);
  return last === undefined ? mainPlace(document) : { graph: last.graph, uses: uses.slice(0, -1) };
}

/** Every place where a definition stands in the network. */
export function placesOf(places: Places, graph: string): readonly Place[] {
  return [...places.values()].filter((place) => place.graph === graph);
}

/** The place of a definition that is nearest to where one is: behind the same uses as far as can be. One that is nowhere is shown by itself. */
export function nearestPlace(document: LoomDocument, places: Places, graph: string, from: Place): Place {
  if (graph === document.root) return mainPlace(document);
  const shared = ({ uses }: Place) => {
    const parting = uses.findIndex((use, at) => pathTo([use]) !== pathTo(from.uses.slice(at, at + 1)));
    return parting < 0 ? uses.length : parting;
  };
  const all = placesOf(places, graph);
  return (
    all.reduce<Place | undefined>(
      (best, place) => (best === undefined || shared(place) > shared(best) ? place : best),
      undefined,
    ) ?? { graph, uses: [] }
  );
}

/** Where one is after an edit: the same place, or what is left of the way there. */
export function stillThere(document: LoomDocument, places: Places, here: Place): Place {
  let place = here;
  while (document.graphs[place.graph] === undefined) place = outOf(document, place);
  if (place.graph === document.root) return place.uses.length === 0 ? place : mainPlace(document);
  if (place.uses.length === 0) return place;
  const path = pathOf(document, place);
  if (path === null || places.get(path)?.graph === place.graph) return place;
  const all = placesOf(places, place.graph);
  const repetition = all.filter(({ uses }) => sameUses(uses, place.uses)).at(-1);
  // A use that cannot be expanded (a ring, too deep) is still where one came through.
  return (
    repetition ??
    (place.uses.every((use) => holdsUse(document, use)) ? place : (all[0] ?? { graph: place.graph, uses: [] }))
  );
}

/** The same uses, whichever of their repetitions. */
function sameUses(a: readonly UseStep[], b: readonly UseStep[]): boolean {
  return a.length === b.length && a.every((use, at) => use.graph === b[at]?.graph && use.node === b[at]?.node);
}

function holdsUse(document: LoomDocument, { graph, node }: UseStep): boolean {
  return document.graphs[graph]?.nodes[node] !== undefined;
}
