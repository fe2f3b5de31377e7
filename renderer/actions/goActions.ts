import { ChartNoAxesColumn, CircleAlert, Database, Gauge, PencilRuler, Share } from 'lucide-react';
import { goToRoom, ROOM_LABELS, type Room, showDockTab, useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';

const inEditor = () => useUi.getState().screen === 'editor';

const ROOM_ICONS = { data: Database, design: PencilRuler, train: Gauge, evaluate: ChartNoAxesColumn, export: Share };
const ROOM_ORDER: readonly Room[] = ['data', 'design', 'train', 'evaluate', 'export'];

const roomActions = ROOM_ORDER.map(
  (room, at): Action => ({
    id: `room.${room}`,
    label: `Go to ${ROOM_LABELS[room]}`,
    group: 'Go to',
    icon: ROOM_ICONS[room],
    shortcuts: [`Alt+${at + 1}`],
    whileTyping: true,
    enabled: inEditor,
    perform: () => goToRoom(room),
  }),
);

export const GO_ACTIONS: readonly Action[] = [
  ...roomActions,
  {
    id: 'showProblems',
    label: 'Show problems',
    group: 'Go to',
    icon: CircleAlert,
    shortcuts: ['Mod+Shift+M'],
    enabled: inEditor,
    perform: () => {
      goToRoom('design');
      showDockTab('problems');
    },
  },
];
