import { Tooltip } from 'radix-ui';
import { DevicesPanel } from '../features/devices/index.ts';
import { Overlays } from '../features/overlays/index.ts';
import { StartPage } from '../features/start/index.ts';
import { useUi } from '../stores/uiStore.ts';
import './app.css';
import { Editor } from './Editor.tsx';

export function App() {
  const screen = useUi((state) => state.screen);
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
      {screen === 'start' && <StartPage />}
      {screen === 'editor' && <Editor />}
      <DevicesPanel />
      <Overlays />
    </Tooltip.Provider>
  );
}
