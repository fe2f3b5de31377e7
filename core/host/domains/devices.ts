import type { Handlers } from '../../rpc/index.ts';
import type { deviceMethods } from '../contract/devices.ts';
import type { EngineKeeper } from '../engineKeeper.ts';
import type { Engines } from '../engines.ts';

export function deviceHandlers(services: EngineKeeper, engines: Engines): Handlers<typeof deviceMethods> {
  return {
    'engine.backends': () => services.call('backends.list', {}),
    'engine.install': async ({ name }, { signal }) => {
      await engines.install(name, signal);
      return {};
    },
    'engine.cancelInstall': () => {
      engines.endInstall();
      return {};
    },
    'engine.uninstall': async ({ name }) => {
      await engines.uninstall(name);
      return {};
    },
    'engine.test': ({ name }) => engines.test(name),
    'engine.cancelTest': () => {
      engines.endTest('The test was cancelled.');
      return {};
    },
  };
}
