import type { ChartSettings } from '../ui/chart/index.ts';
import { setLayout, useSettings } from './settingsStore.ts';

const KEY = 'charts';
const DEFAULT_SMOOTHING = 0.7;

/** Smoothing and scale of all charts of training, remembered between sessions. */
export function useChartSettings(): ChartSettings & { readonly onChange: (settings: ChartSettings) => void } {
  const smoothing = useSettings((state) => stored(state.layout[KEY], 'smoothing'));
  const logScale = useSettings((state) => stored(state.layout[KEY], 'logScale'));
  return {
    smoothing: typeof smoothing === 'number' ? Math.min(0.98, Math.max(0, smoothing)) : DEFAULT_SMOOTHING,
    logScale: logScale === true,
    onChange: (settings) => setLayout(KEY, { smoothing: settings.smoothing, logScale: settings.logScale }),
  };
}

// What a settings file holds is anybody's guess: read it as unknown.
function stored(value: unknown, name: keyof ChartSettings): unknown {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown })[name] : undefined;
}
