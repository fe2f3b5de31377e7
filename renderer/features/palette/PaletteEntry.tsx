import type { Addable } from '../../actions/addables.ts';
import { append } from '../../actions/addLayer.ts';
import { LAYER_MIME } from '../../actions/dragTypes.ts';
import { Glyph, Tooltip } from '../../ui/index.ts';
import { DesignBlockMenu } from './DesignBlockMenu.tsx';

/** Something to add; a block of the design has a menu of its own. */
export function PaletteEntry({ what }: { readonly what: Addable }) {
  const entry = (
    <button
      type="button"
      className="palette-entry"
      // One stop of the Tab key for all of the palette: the search box, from where the arrows lead here.
      tabIndex={-1}
      data-layer-type={what.library === undefined && what.params === undefined ? what.type : undefined}
      data-block={what.key}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(LAYER_MIME, what.key);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => append(what)}
    >
      <Glyph {...what.look} />
      <span className="palette-title">{what.title}</span>
      {what.tag !== undefined && <span className="palette-tag">{what.tag}</span>}
    </button>
  );
  const withHelp = (
    <Tooltip content={what.doc} side="right">
      {entry}
    </Tooltip>
  );
  const definition = what.library === undefined ? what.params?.graph : undefined;
  return typeof definition === 'string' ? <DesignBlockMenu graph={definition}>{withHelp}</DesignBlockMenu> : withHelp;
}
