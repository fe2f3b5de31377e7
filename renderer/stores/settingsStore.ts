import { create } from 'zustand';
import type { Settings } from '../../core/host/index.ts';
import type { JsonValue } from '../../core/json.ts';
import { host } from './host.ts';

export type Theme = Settings['theme'];

interface SettingsState {
  readonly theme: Theme;
  readonly layout: { readonly [key: string]: JsonValue };
  readonly loaded: boolean;
}

export const useSettings = create<SettingsState>()(() => ({ theme: 'system', layout: {}, loaded: false }));

const WRITE_DELAY_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(timer);
  const { theme, layout } = useSettings.getState();
  // Losing a panel size is not worth a message; the host reports a lost connection itself.
  host()
    .call('settings.set', { theme, layout: layout as Settings['layout'] })
    .catch(() => undefined);
}

export async function loadSettings(): Promise<void> {
  const { theme, layout } = await host().call('settings.get', {});
  useSettings.setState({ theme, layout: layout as { [key: string]: JsonValue }, loaded: true });
}

export function setTheme(theme: Theme): void {
  useSettings.setState({ theme });
  write();
}

/** Remembers a panel size, an open tab or the like. */
export function setLayout(key: string, value: JsonValue): void {
  useSettings.setState((state) => ({ layout: { ...state.layout, [key]: value } }));
  // Panel drags report many sizes a second; one write after they settle is enough.
  clearTimeout(timer);
  timer = setTimeout(write, WRITE_DELAY_MS);
}

const darkPreferred = window.matchMedia('(prefers-color-scheme: dark)');

export function resolvedTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return darkPreferred.matches ? 'dark' : 'light';
}

/** Calls now, and whenever the setting or the system changes it, with the look there is to be. Returns what ends that. */
export function onTheme(wear: (theme: 'light' | 'dark') => void): () => void {
  const tell = () => wear(resolvedTheme(useSettings.getState().theme));
  tell();
  darkPreferred.addEventListener('change', tell);
  const stop = useSettings.subscribe(tell);
  return () => {
    darkPreferred.removeEventListener('change', tell);
    stop();
  };
}

/** Keeps `data-theme` of the page in step with the setting and the system. */
export function applyTheme(): () => void {
  return onTheme((theme) => {
    document.documentElement.dataset.theme = theme;
  });
}
