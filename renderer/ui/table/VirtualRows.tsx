import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTextScale } from '../textScale.ts';
import './table.css';

export interface VirtualRowsProps {
  /** Accessible name of the table. */
  readonly label: string;
  /** `grid-template-columns`, the same for the header and every row. */
  readonly tracks: string;
  readonly header: ReactNode;
  readonly count: number;
  /** In pixels at the usual size of text. */
  readonly rowHeight: number;
  /** Cells of a row, each with role `cell`. */
  readonly row: (index: number) => ReactNode;
  readonly rowClassName?: (index: number) => string;
  /** Makes rows clickable and reachable with the arrow keys; Enter and Space choose. */
  readonly onRow?: (index: number) => void;
  readonly selected?: number | null;
  /** Told which rows are on screen, for loading them. */
  readonly onRange?: (first: number, last: number) => void;
}

/** The least width of all columns: the first length of each track. Below it the table scrolls sideways. */
function leastWidth(tracks: string): string {
  return `${(tracks.match(/[\d.]+rem/g) ?? []).reduce((sum, length) => sum + Number.parseFloat(length), 0)}rem`;
}

// As table.css has it.
const HEAD = 30;

/** A table of any length that renders only the rows on screen, under a header that stays. */
export function VirtualRows(props: VirtualRowsProps) {
  const { label, tracks, header, count, row, rowClassName, onRow, selected, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useTextScale();
  const rowHeight = props.rowHeight * scale;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: HEAD * scale,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (count > 0) onRange?.(first, last);
  }, [count, first, last, onRange]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [rowHeight]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>, index: number): void => {
    if (!onRow) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onRow(index);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, index + step));
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: true }),
    );
  };

  return (
    // What scrolls can be reached with keys, also where no row can.
    <div ref={scroller} className="table-scroll" tabIndex={onRow ? undefined : 0}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows outside the screen are not in the page, which <table> cannot express */}
      <div
        className="table"
        style={{ minWidth: leastWidth(tracks) }}
        role="table"
        aria-label={label}
        aria-rowcount={count + 1}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a header row is not interactive; its buttons are */}
        <div className="table-row table-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
          {header}
        </div>
        <div className="table-body" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={onRow ? selected === item.index : undefined}
              data-index={item.index}
              tabIndex={
                onRow
                  ? selected === item.index || ((selected ?? null) === null && item.index === 0)
                    ? 0
                    : -1
                  : undefined
              }
              className={`table-row ${onRow ? 'table-row-choosable' : ''} ${rowClassName?.(item.index) ?? ''}`}
              style={{ gridTemplateColumns: tracks, height: rowHeight, transform: `translateY(${item.start}px)` }}
              onClick={onRow ? () => onRow(item.index) : undefined}
              onKeyDown={(event) => onKeyDown(event, item.index)}
            >
              {row(item.index)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
