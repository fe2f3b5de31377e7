import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import './chooser.css';
import { connectChoice } from './choiceHost.ts';
import { FileBrowser } from './FileBrowser.tsx';

// The window that shows this page says which of the two looks it has, and when that changes.
const wear = (theme: unknown) => {
  document.documentElement.dataset.theme = theme === 'dark' ? 'dark' : 'light';
};
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
