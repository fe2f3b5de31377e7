import { FilePlus, FolderOpen, House, Save, SaveAll } from 'lucide-react';
import { useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';
import { closeDocument, newDocument, openDocument, saveDocument, saveDocumentAs } from './files.ts';

const inEditor = () => useUi.getState().screen === 'editor';

export const FILE_ACTIONS: readonly Action[] = [
  {
    id: 'new',
    label: 'New design',
    group: 'File',
    icon: FilePlus,
    shortcuts: ['Mod+Alt+N'],
    enabled: () => true,
    perform: () => void newDocument(),
  },
  {
    id: 'open',
    label: 'Open…',
    group: 'File',
    icon: FolderOpen,
    shortcuts: ['Mod+O'],
    whileTyping: true,
    enabled: () => true,
    perform: () => void openDocument(),
  },
  {
    id: 'save',
    label: 'Save',
    group: 'File',
    icon: Save,
    shortcuts: ['Mod+S'],
    whileTyping: true,
    enabled: inEditor,
    perform: () => void saveDocument(),
  },
  {
    id: 'saveAs',
    label: 'Save as…',
    group: 'File',
    icon: SaveAll,
    shortcuts: ['Mod+Shift+S'],
    whileTyping: true,
    enabled: inEditor,
    perform: () => void saveDocumentAs(),
  },
  {
    id: 'startPage',
    label: 'Start page',
    group: 'File',
    icon: House,
    shortcuts: [],
    enabled: inEditor,
    perform: () => void closeDocument(),
  },
];
