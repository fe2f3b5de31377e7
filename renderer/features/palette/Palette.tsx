import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { FAMILY_LABELS, type Family } from '../../../core/catalogue/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { type Addable, designAddables, layerAddables, libraryAddables } from '../../actions/addables.ts';
import { append } from '../../actions/addLayer.ts';
import { search } from '../../actions/search.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { Kbd } from '../../ui/index.ts';
import { PaletteEntry } from './PaletteEntry.tsx';
import './palette.css';

/** The layers, by family, and blocks, to drag onto the canvas or to append with Enter or a click. */
export function Palette() {
  const [query, setQuery] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const graphs = useDocument((state) => state.document.graphs);
  const root = useDocument((state) => state.document.root);
  const graphId = useDocument((state) => state.graphId);
  const sections = useMemo(() => sectionsFor(query, { graphs, root }, graphId), [query, graphs, root, graphId]);

  // `/` goes to the search box from anywhere, as on many sites people know.
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]') !== null;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  const onSearchKey = (event: KeyboardEvent) => {
    const first = sections[0]?.entries[0];
    if (event.key === 'Enter' && query !== '' && first !== undefined) {
      append(first);
      setQuery('');
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector('button')?.focus();
    }
    if (event.key === 'Escape' && query !== '') {
      // The first empties the box, the second leaves it.
      event.stopPropagation();
      setQuery('');
    }
  };
  const onListKey = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const focused: Element | null = document.activeElement;
    const at = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next < 0) box.current?.focus();
    else buttons[next]?.focus();
  };
  return (
    <div className="palette">
      <search className="palette-search">
        <Search aria-hidden />
        <input
          ref={box}
          type="search"
          aria-label="Find a layer"
          aria-describedby="palette-keys"
          placeholder="Find a layer"
          value={query}
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        {query === '' && <Kbd>/</Kbd>}
        <span id="palette-keys" hidden>
          Enter adds the first layer found; the arrow keys lead through the list.
        </span>
      </search>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside */}
      <div className="palette-list" ref={list} tabIndex={-1} onKeyDown={onListKey}>
        {sections.map((section) => (
          <section key={section.title}>
            <header className="palette-head">
              <h2>{section.title}</h2>
              <span>{section.entries.length}</span>
            </header>
            {section.entries.map((what) => (
              <PaletteEntry key={what.key} what={what} />
            ))}
          </section>
        ))}
        {sections.length === 0 && (
          <p className="palette-none">
            No layer or block is called “{query}”. Try what it does: pool, normalise, merge.
          </p>
        )}
      </div>
    </div>
  );
}

interface PaletteSection {
  readonly title: string;
  readonly entries: readonly Addable[];
}

/** Layers by family, then the blocks of the design and those of the library; or what answers a search, best first. */
function sectionsFor(
  query: string,
  { graphs, root }: Pick<LoomDocument, 'graphs' | 'root'>,
  graphId: string,
): readonly PaletteSection[] {
  const layers = layerAddables(graphId !== root);
  const own = designAddables(graphs, root);
  const library = libraryAddables();
  const found = search([...layers, ...own, ...library], query);
  const sections: readonly PaletteSection[] =
    query.trim() !== ''
      ? [{ title: 'Found', entries: found }]
      : [
          { title: 'Blocks of this design', entries: own },
          ...(Object.keys(FAMILY_LABELS) as Family[]).map((family) => ({
            title: FAMILY_LABELS[family],
            entries: layers.filter(({ look }) => look.family === family),
          })),
          { title: 'Library of blocks', entries: library },
        ];
  return sections.filter(({ entries }) => entries.length > 0);
}
