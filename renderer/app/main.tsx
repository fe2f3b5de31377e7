import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { onLook } from '../stores/settingsStore.ts';
import { wearLook } from '../ui/index.ts';
import { App } from './App.tsx';
import { start } from './start.ts';

onLook(wearLook);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root element');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void start();
