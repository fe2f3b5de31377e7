import { Check, ChevronDown, ChevronRight } from 'lucide-react';
import type { LoomDocument } from '../../../core/document/index.ts';
import type { Analysis, Place } from '../../../core/graph/index.ts';
import { ActionButton } from '../../actions/ActionButton.tsx';
import { leaveBlock } from '../../actions/blocks.ts';
import { useAnalysis } from '../../stores/analysisStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { placesOf } from '../../stores/place.ts';
import { showGraph } from '../../stores/shownGraph.ts';
import { Menu, type MenuItem } from '../../ui/index.ts';
import './breadcrumb.css';

/** More uses and more repetitions than this are not listed. */
const LISTED = 100;

/** Inside a block: the way one came, each step of which leads back, and the other uses of the block to look at it in. */
export function Breadcrumb() {
  const document = useDocument((state) => state.document);
  const graphId = useDocument((state) => state.graphId);
  const uses = useDocument((state) => state.uses);
  const known = useAnalysis((state) => state.path !== null && state.analysis.places.has(state.path));
  const places = useAnalysis((state) => state.analysis.places);
  if (graphId === document.root) return null;
  const definition = document.graphs[graphId]?.name ?? graphId;
  const last = uses.at(-1);
  const here = { graph: graphId, uses };
  const choices = choicesOf(document, places, here);
  const name = last === undefined ? definition : textOfUse(document, places, here);
  return (
    <nav className="breadcrumb" aria-label="Where in the design">
      <ActionButton id="leaveBlock" />
      <ol>
        <Crumb name={document.name} onClick={() => leaveBlock(Math.max(1, uses.length))} />
        {uses.slice(0, -1).map((use, at) => (
          <Crumb
            key={`${use.graph}/${use.node}`}
            name={textOfUse(document, places, { uses: uses.slice(0, at + 1) })}
            onClick={() => leaveBlock(uses.length - at - 1)}
          />
        ))}
        <li aria-current="page">
          {choices.length === 0 ? (
            <span className="crumb-here">{name}</span>
          ) : (
            <Menu
              align="start"
              trigger={
                <button type="button" className="crumb" title="Look at it in another use">
                  {name}
                  <ChevronDown aria-hidden />
                </button>
              }
              groups={choices}
            />
          )}
          {last !== undefined && definition !== nameOfUse(document, here) && (
            <span className="crumb-definition">{definition}</span>
          )}
        </li>
      </ol>
      {!known && (
        <p className="breadcrumb-note">
          {last === undefined
            ? 'No layer of the network uses this block, so its shapes are not known.'
            : 'This use is not part of the network, so its shapes are not known.'}
        </p>
      )}
    </nav>
  );
}

function Crumb({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <li>
      <button type="button" className="crumb" onClick={onClick}>
        {name}
      </button>
      <ChevronRight aria-hidden />
    </li>
  );
}

type Way = Pick<Place, 'uses'>;
type Places = Analysis['places'];

/** Name of the use that a way ends at. */
function nameOfUse(document: LoomDocument, { uses }: Way): string {
  const last = uses.at(-1);
  return last === undefined ? document.name : (document.graphs[last.graph]?.nodes[last.node]?.name ?? last.node);
}

const sameUse = (a: Way, b: Way) =>
  a.uses.length === b.uses.length && a.uses.every(({ node }, at) => node === b.uses[at]?.node);
const sameOuter = (a: Way, b: Way) => JSON.stringify(a.uses.slice(0, -1)) === JSON.stringify(b.uses.slice(0, -1));

/** The repetitions of the use that a way ends at, in order. */
function repetitionsOf(places: Places, way: Way): readonly Place[] {
  return [...places.values()].filter((place) => sameUse(place, way) && sameOuter(place, way));
}

/** `unit`, or `unit (2 of 3)` where it is repeated. */
function textOfUse(document: LoomDocument, places: Places, way: Way): string {
  const name = nameOfUse(document, way);
  const iteration = way.uses.at(-1)?.iteration ?? null;
  return iteration === null ? name : `${name} (${iteration + 1} of ${repetitionsOf(places, way).length})`;
}

/** Uses of the block on screen, the first repetition of each, and the repetitions of the use one came through; nothing where there is one only. */
function choicesOf(document: LoomDocument, places: Places, here: Place): readonly (readonly MenuItem[])[] {
  const firsts = new Map<string, Place>();
  for (const place of placesOf(places, here.graph)) {
    const way = place.uses.map(({ node }) => node).join('/');
    if (!firsts.has(way)) firsts.set(way, place);
  }
  const repetitions = repetitionsOf(places, here);
  const item = (label: string, place: Place, current: boolean): MenuItem => ({
    label,
    icon: current ? <Check aria-hidden /> : null,
    onSelect: () => showGraph(place),
  });
  const wayText = ({ uses }: Way) =>
    uses.map((_, at) => nameOfUse(document, { uses: uses.slice(0, at + 1) })).join(' › ');
  const uses = [...firsts.values()].slice(0, LISTED).map((place) => item(wayText(place), place, sameUse(place, here)));
  const times = repetitions
    .slice(0, LISTED)
    .map((place, at) =>
      item(
        `Repetition ${at + 1} of ${repetitions.length}`,
        place,
        place.uses.at(-1)?.iteration === here.uses.at(-1)?.iteration,
      ),
    );
  return [uses.length < 2 && here.uses.length > 0 ? [] : uses, times.length < 2 ? [] : times].filter(
    (group) => group.length > 0,
  );
}
