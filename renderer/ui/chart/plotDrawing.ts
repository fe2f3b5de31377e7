import uPlot from 'uplot';
import { onTextScale } from '../textScale.ts';
import { alignLines, type ChartData, lineStyles } from './chartData.ts';
import { type ChartContext, chartOptions } from './chartOptions.ts';
import { scaleLimit } from './scaleLimit.ts';

export interface PlotSettings {
  readonly logScale: boolean;
  readonly share: boolean;
  readonly syncKey: string;
  onCursor(x: number | null): void;
}

/**
 * A uPlot in an element, fed with `ChartData`. It is built anew only when the lines' styles or the settings change; new points
 * are a `setData`. It follows the element's size and the theme.
 */
export class PlotDrawing {
  private plot: uPlot | null = null;
  private styles = '';
  private data: ChartData = { lines: [], xMax: 1, marks: [] };
  private colors = new Map<string, string>();
  private readonly resize: ResizeObserver;
  private readonly theme: MutationObserver;
  private readonly endOfTextScale = onTextScale(() => this.build());
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');

  constructor(
    private readonly element: HTMLElement,
    private settings: PlotSettings,
  ) {
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(element);
    this.theme = new MutationObserver(this.recolor);
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
    this.scheme.addEventListener('change', this.recolor);
  }

  draw(data: ChartData): void {
    this.data = data;
    const styles = lineStyles(data.lines);
    const lone = data.lines.map((line) => (line.xs.length === 1 ? 1 : 0)).join('');
    if (this.plot === null || this.styles !== styles + lone) {
      this.styles = styles + lone;
      this.build();
      return;
    }
    this.plot.setData(this.aligned());
  }

  apply(settings: PlotSettings): void {
    this.settings = settings;
    if (this.plot) this.build();
  }

  /** Moves the cursor of this chart and of those that share it to an epoch; null takes it away. */
  pointAt(x: number | null): void {
    for (const plot of uPlot.sync(this.settings.syncKey).plots) {
      const left = x === null ? -10 : plot.valToPos(x, 'x');
      plot.setCursor({ left, top: x === null ? -10 : 0 });
    }
  }

  /** Right end of the x axis as drawn. */
  get xEnd(): number {
    return this.plot?.scales.x?.max ?? 1;
  }

  destroy(): void {
    this.resize.disconnect();
    this.endOfTextScale();
    this.theme.disconnect();
    this.scheme.removeEventListener('change', this.recolor);
    this.plot?.destroy();
    this.plot = null;
  }

  private readonly recolor = (): void => {
    this.colors.clear();
    this.plot?.redraw(false, false);
  };

  private build(): void {
    this.plot?.destroy();
    this.plot = null;
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth < 40 || clientHeight < 40) return;
    this.plot = new uPlot(chartOptions(this.context(), clientWidth, clientHeight), this.aligned(), this.element);
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth < 40 || clientHeight < 40) return;
    if (this.plot === null) this.build();
    else this.plot.setSize({ width: clientWidth, height: clientHeight });
  }

  private aligned(): uPlot.AlignedData {
    const [xs, ...columns] = alignLines(this.data.lines);
    if (!this.settings.logScale) return [xs, ...columns];
    return [xs, ...columns.map((column) => column.map((y) => (y !== null && y > 0 ? y : null)))];
  }

  private context(): ChartContext {
    return {
      ...this.settings,
      lines: this.data.lines,
      onCursor: this.settings.onCursor,
      css: (property) => this.css(property),
      xMax: () => this.data.xMax,
      yTop: () => (this.settings.share || this.settings.logScale ? null : (scaleLimit(this.data.lines)?.top ?? null)),
      marks: () => this.data.marks,
    };
  }

  private css(property: string): string {
    let value = this.colors.get(property);
    if (value === undefined) {
      value = getComputedStyle(this.element).getPropertyValue(property).trim();
      this.colors.set(property, value);
    }
    return value;
  }
}
