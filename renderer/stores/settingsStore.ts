import { create } from 'zustand';
import type { Settings } from '../../core/host/index.ts';
import type { JsonValue } from '../../core/json.ts';
import type { Look } from '../ui/index.ts';
import { host } from './host.ts';

export type Theme = Settings['theme'];
export type TextSize = Settings['textSize'];

interface SettingsState {
  readonly theme: Theme;
  readonly textSize: TextSize;
  readonly layout: { readonly [key: string]: JsonValue };
  readonly loaded: boolean;
}

export const useSettings = create<SettingsState>()(() => ({
  theme: 'system',
  textSize: 100,
  layout: {},
  loaded: false,
}));

const WRITE_DELAY_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(timer);
  const { theme, textSize, layout } = useSettings.getState();
  // Losing a panel size is not worth a message; the host reports a lost connection itself.
  host()
    .call('settings.set', { theme, textSize, layout: layout as Settings['layout'] })
    .catch(() => undefined);
}

export async function loadSettings(): Promise<void> {
  const { theme, textSize, layout } = await host().call('settings.get', {});
  useSettings.setState({ theme, textSize, layout: layout as { [key: string]: JsonValue }, loaded: true });
}

export function setTheme(theme: Theme): void {
  useSettings.setState({ theme });
  write();
}

export function setTextSize(textSize: TextSize): void {
  useSettings.setState({ textSize });
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

/** Calls now, and whenever the settings or the system change it, with the look there is to be. Returns what ends that. */
export function onLook(wear: (look: Look) => void): () => void {
  const tell = () => wear(currentLook());
  tell();
  darkPreferred.addEventListener('change', tell);
  const stop = useSettings.subscribe((now, before) => {
    if (now.theme !== before.theme || now.textSize !== before.textSize) tell();
  });
  return () => {
    darkPreferred.removeEventListener('change', tell);
    stop();
  };
}

export function currentLook(): Look {
  const { theme, textSize } = useSettings.getState();
  return { theme: resolvedTheme(theme), textSize };
}
