import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { readLook, wearLook } from '../ui/index.ts';
import './chooser.css';
import { connectChoice } from './choiceHost.ts';
import { FileBrowser } from './FileBrowser.tsx';

// The window that shows this page says which look it has, and when that changes.
const wear = (look: unknown) => wearLook(readLook(look));
wear(window.location.hash.slice(1));
window.addEventListener('message', ({ source, data }) => {
  if (source === window.parent) wear(data);
});
const root = document.getElementById('root');
if (root === null) throw new Error('chooser.html has no #root element');
const host = connectChoice();
const request = await host.call('choice.get', {});
createRoot(root).render(
  <StrictMode>
    <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
      <FileBrowser request={request} host={host} />
    </Tooltip.Provider>
  </StrictMode>,
);
