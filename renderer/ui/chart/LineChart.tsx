import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type ChartData, type ChartSource, describeChart, lastValue, lineStyles, valueNear } from './chartData.ts';
import { PlotDrawing } from './plotDrawing.ts';
import { scaleLimit } from './scaleLimit.ts';

export interface LineChartProps {
  readonly title: string;
  readonly source: ChartSource;
  readonly format: (value: number) => string;
  /** Charts with the same key share their cursor. */
  readonly syncKey: string;
  readonly logScale?: boolean;
  /** Values are shares of one. */
  readonly share?: boolean;
}

interface LegendEntry {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dashed: boolean;
}

/**
 * Lines over epochs that grow while a run trains. New points go straight to the canvas and to the legend's text: React renders
 * only when lines come or go. Left and Right move the cursor, which all charts of one `syncKey` share.
 */
export function LineChart({ title, source, format, syncKey, logScale = false, share = false }: LineChartProps) {
  const id = useId();
  const canvasRef = useRef<HTMLDivElement>(null);
  const legendRef = useRef<HTMLUListElement>(null);
  const cursorRef = useRef<HTMLSpanElement>(null);
  const drawing = useRef<PlotDrawing | null>(null);
  const cursorX = useRef<number | null>(null);
  const fillLegend = useRef<() => void>(() => undefined);
  const [beyond, setBeyond] = useState('');
  const [entries, setEntries] = useState<readonly LegendEntry[]>([]);

  useEffect(() => {
    const element = canvasRef.current;
    if (!element) return;
    let data: ChartData = source.read();
    let frame = 0;
    let known = '';
    const showValues = (): void => {
      const x = cursorX.current;
      for (const line of data.lines) {
        const slot = legendRef.current?.querySelector(`[data-line="${CSS.escape(line.key)}"]`);
        const value = x === null ? lastValue(line) : valueNear(line, x);
        if (slot) slot.textContent = value === null ? '–' : format(value);
      }
      if (cursorRef.current)
        cursorRef.current.textContent = x === null ? '' : `epoch ${x.toFixed(x % 1 === 0 ? 0 : 1)}`;
    };
    fillLegend.current = showValues;
    const plot = new PlotDrawing(element, {
      logScale,
      share,
      syncKey,
      onCursor: (x) => {
        cursorX.current = x;
        showValues();
      },
    });
    drawing.current = plot;
    const draw = (): void => {
      frame = 0;
      data = source.read();
      const styles = lineStyles(data.lines);
      if (styles !== known) {
        known = styles;
        setEntries(legendOf(data));
      }
      plot.draw(data);
      setBeyond(logScale || share ? '' : offTheScale(data, format));
      showValues();
      element.setAttribute('aria-label', describeChart(title, data, format));
    };
    draw();
    const stop = source.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      plot.destroy();
      drawing.current = null;
    };
  }, [source, title, format, syncKey, logScale, share]);

  // The slots of new entries exist only after React has rendered them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: reacts to the entries, reads the chart's data
  useEffect(() => fillLegend.current(), [entries]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const plot = drawing.current;
    if (!plot || !['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Escape'].includes(event.key)) return;
    const end = Math.max(1, Math.floor(plot.xEnd));
    const now = cursorX.current === null ? end : Math.round(cursorX.current);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: end }[event.key];
    event.preventDefault();
    if (event.key === 'Escape') event.stopPropagation();
    plot.pointAt(next === undefined ? null : Math.min(end, Math.max(0, next)));
  };

  return (
    <figure className="chart" aria-labelledby={`${id}-title`}>
      <figcaption className="chart-head">
        <span id={`${id}-title`} className="chart-title">
          {title}
        </span>
        <ul
          ref={legendRef}
          className="chart-legend"
          aria-label={`${title}: current values`}
          tabIndex={entries.length > 2 ? 0 : undefined}
        >
          {entries.map((entry) => (
            <li key={entry.key}>
              <span
                className={entry.dashed ? 'chart-swatch chart-swatch-dashed' : 'chart-swatch'}
                style={{ color: `var(${entry.color})` }}
                aria-hidden="true"
              />
              <span className="chart-label">{entry.label}</span> <output data-line={entry.key} aria-live="off" />
            </li>
          ))}
        </ul>
        <span ref={cursorRef} className="chart-cursor" aria-hidden="true" />
      </figcaption>
      {beyond !== '' && <p className="chart-beyond">{beyond}</p>}
      <div
        ref={canvasRef}
        className="chart-canvas"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the reading cursor over the drawing
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => drawing.current?.pointAt(null)}
      />
    </figure>
  );
}

/** Says which lines leave the scale, and what shows all of them. */
function offTheScale(data: ChartData, format: (value: number) => string): string {
  const limit = scaleLimit(data.lines);
  if (limit === null || limit.beyond.length === 0) return '';
  const names = limit.beyond.map(({ label, reached }) => `${label} (up to ${format(reached)})`);
  return `Off the scale: ${names.join(', ')}. The logarithmic scale shows all.`;
}

function legendOf(data: ChartData): LegendEntry[] {
  return data.lines.flatMap((line) =>
    line.label === null ? [] : [{ key: line.key, label: line.label, color: line.color, dashed: line.dash !== null }],
  );
}
