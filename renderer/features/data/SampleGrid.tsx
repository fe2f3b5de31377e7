import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { Sample } from '../../../core/data/index.ts';
import { sampleName, useTextScale } from '../../ui/index.ts';
import { SamplePicture } from '../../ui/sample/index.ts';
import type { Preview } from './usePreview.ts';

/** What a picture is of, and where it comes from. */
function describeSample({ id, target }: Sample): string {
  return `Sample ${sampleName(id)}, ${target}`;
}

const PICTURE = 64;
const CELL = PICTURE + 16;
const ROW = PICTURE + 38;

/** Image samples with their class under each; only the rows on screen are drawn. */
export function SampleGrid({ preview }: { readonly preview: Preview }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(8);
  const scale = useTextScale();
  const [cell, row] = [CELL * scale, ROW * scale];
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setColumns(Math.max(1, Math.floor((element.clientWidth - 24) / cell))));
    observer.observe(element);
    return () => observer.disconnect();
  }, [cell]);
  const rows = Math.ceil(preview.total / columns);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => row,
    overscan: 3,
    paddingStart: 12,
    paddingEnd: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [row]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  const { need, total } = preview;
  useEffect(() => {
    if (total > 0) need(first * columns, Math.min(total - 1, (last + 1) * columns - 1));
  }, [need, total, first, last, columns]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable to be scrolled by keyboard
    <section ref={scroller} className="sample-scroll" aria-label="Pictures" tabIndex={0}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => (
          <ul
            key={item.key}
            className="sample-row"
            style={{ transform: `translateY(${item.start}px)`, gridTemplateColumns: `repeat(${columns}, ${cell}px)` }}
          >
            {Array.from({ length: Math.min(columns, total - item.index * columns) }, (_, i) => {
              const offset = item.index * columns + i;
              const sample = preview.sampleAt(offset);
              const label = sample === undefined ? 'Loading' : describeSample(sample);
              return (
                <li key={offset} className="sample-cell" title={label}>
                  <SamplePicture image={sample?.image ?? null} size={PICTURE} label={label} />
                  <span>{sample?.target ?? ''}</span>
                </li>
              );
            })}
          </ul>
        ))}
      </div>
    </section>
  );
}
