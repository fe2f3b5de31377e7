import { create } from 'zustand';
import type { HostResult, RecentFile, Recovery } from '../../core/host/index.ts';
import { host } from './host.ts';

interface AppState {
  readonly info: HostResult<'app.info'> | null;
  readonly recents: readonly RecentFile[];
  /** Work that was not saved when its window last closed. */
  readonly recoveries: readonly Recovery[];
}

export const useApp = create<AppState>()(() => ({ info: null, recents: [], recoveries: [] }));

/** What the host is, and what the start page lists. */
export async function loadAppInfo(): Promise<HostResult<'app.info'>> {
  const info = await host().call('app.info', {});
  useApp.setState({ info });
  await Promise.all([loadRecents(), loadRecoveries()]);
  return info;
}

export async function loadRecents(): Promise<void> {
  useApp.setState({ recents: await host().call('recents.list', {}) });
}

export async function loadRecoveries(): Promise<void> {
  useApp.setState({ recoveries: await host().call('recovery.list', {}) });
}

/** Takes a file off the list of recent ones; the file itself stays. */
export async function forgetRecent(path: string): Promise<void> {
  await host().call('recents.remove', { path });
  await loadRecents();
}
