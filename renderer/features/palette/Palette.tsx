import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type AnyLayerDefinition, FAMILY_LABELS, type Family, listLayers } from '../../../core/catalogue/index.ts';
import { append } from '../../actions/addLayer.ts';
import { LAYER_MIME } from '../../actions/dragTypes.ts';
import { searchLayers } from '../../actions/searchLayers.ts';
import { Glyph, Kbd, Tooltip } from '../../ui/index.ts';
import './palette.css';

/** The layers, by family, to drag onto the canvas or to append with Enter or a click. */
export function Palette() {
  const [query, setQuery] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const sections = useMemo(() => groupByFamily(query), [query]);

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
    const first = sections[0]?.layers[0];
    if (event.key === 'Enter' && query !== '' && first !== undefined) {
      append(first.type);
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
              <span>{section.layers.length}</span>
            </header>
            {section.layers.map((layer) => (
              <PaletteEntry key={layer.type} layer={layer} />
            ))}
          </section>
        ))}
        {sections.length === 0 && (
          <p className="palette-none">No layer is called “{query}”. Try what it does: pool, normalise, merge.</p>
        )}
      </div>
    </div>
  );
}

function PaletteEntry({ layer }: { readonly layer: AnyLayerDefinition }) {
  return (
    <Tooltip content={layer.doc} side="right">
      <button
        type="button"
        className="palette-entry"
        // One stop of the Tab key for all of the palette: the search box, from where the arrows lead here.
        tabIndex={-1}
        data-layer-type={layer.type}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(LAYER_MIME, layer.type);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => append(layer.type)}
      >
        <Glyph glyph={layer.glyph} family={layer.family} />
        <span className="palette-title">{layer.title}</span>
        {layer.tag !== undefined && <span className="palette-tag">{layer.tag}</span>}
      </button>
    </Tooltip>
  );
}

function groupByFamily(
  query: string,
): readonly { readonly title: string; readonly layers: readonly AnyLayerDefinition[] }[] {
  const found = searchLayers(listLayers(), query);
  if (query.trim() !== '') return found.length === 0 ? [] : [{ title: 'Found', layers: found }];
  return (Object.keys(FAMILY_LABELS) as Family[])
    .map((family) => ({ title: FAMILY_LABELS[family], layers: found.filter((layer) => layer.family === family) }))
    .filter((section) => section.layers.length > 0);
}
