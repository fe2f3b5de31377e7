import type { MethodOf, ParamsOf, ResultOf } from '../../rpc/index.ts';
import { appMethods } from './app.ts';
import { dataMethods } from './data.ts';
import { deviceMethods } from './devices.ts';
import { dialogMethods } from './dialogs.ts';
import { documentMethods } from './documents.ts';
import { modelMethods } from './models.ts';
import { runMethods } from './runs.ts';

export { type RecentFile, type Settings, settingsSchema, TEXT_SIZES } from './app.ts';
export type { Recovery } from './documents.ts';
export { type HostEvent, hostEventSchema } from './events.ts';
export type { ExportSource } from './models.ts';

/**
 * The one contract between the UI and whatever hosts it: the Electron main process over IPC, the loopback web host over a
 * WebSocket. Requests and events are JSON and validated on arrival, at both ends.
 *
 * Paths in parameters are made by `pathFor`, which says what they are for: each is then compared with what windows were given
 * (grants/checkPaths.ts) before any handler sees it. Paths in results and events say where something is, and give nothing.
 */
export const hostMethods = {
  ...appMethods,
  ...documentMethods,
  ...dialogMethods,
  ...deviceMethods,
  ...dataMethods,
  ...runMethods,
  ...modelMethods,
} as const;

export type HostMethod = MethodOf<typeof hostMethods>;
export type HostParams<M extends HostMethod> = ParamsOf<typeof hostMethods, M>;
export type HostResult<M extends HostMethod> = ResultOf<typeof hostMethods, M>;
