import { Command, Keyboard } from 'lucide-react';
import { useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';

export const HELP_ACTIONS: readonly Action[] = [
  {
    id: 'commandPalette',
    label: 'All commands',
    group: 'Help',
    icon: Command,
    shortcuts: ['Mod+K'],
    whileTyping: true,
    enabled: () => true,
    perform: () => useUi.setState({ palette: true }),
  },
  {
    id: 'keyboardHelp',
    label: 'Keyboard help',
    group: 'Help',
    icon: Keyboard,
    shortcuts: ['?'],
    enabled: () => true,
    perform: () => useUi.setState({ help: true }),
  },
];
