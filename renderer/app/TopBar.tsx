import { ALargeSmall, ChevronRight, EllipsisVertical } from 'lucide-react';
import { TEXT_SIZES } from '../../core/host/index.ts';
import { ActionButton } from '../actions/ActionButton.tsx';
import { fileName } from '../actions/filePaths.ts';
import { ACTIONS, performAction } from '../actions/registry.ts';
import { firstShortcut, useAction } from '../actions/useAction.ts';
import { dispatch, isDirty, useDocument } from '../stores/documentStore.ts';
import { useSettings } from '../stores/settingsStore.ts';
import { goToRoom, ROOM_LABELS, ROOMS, useUi } from '../stores/uiStore.ts';
import {
  Button,
  IconButton,
  Logo,
  Menu,
  type MenuChoice,
  type MenuItem,
  SegmentedControl,
  TextField,
  Tooltip,
} from '../ui/index.ts';
import { DeviceChip } from './DeviceChip.tsx';
import './topBar.css';
import { TrainButtons } from './TrainButtons.tsx';

export function TopBar() {
  const room = useUi((state) => state.room);
  const name = useDocument((state) => state.document.name);
  return (
    <header className="top-bar">
      <h1 className="visually-hidden">
        {name}: {ROOM_LABELS[room]}
      </h1>
      <div className="top-left">
        <Tooltip content="Start page">
          <button type="button" className="top-logo" aria-label="Start page" onClick={() => performAction('startPage')}>
            <Logo />
          </button>
        </Tooltip>
        <DocumentName />
        <FileName />
        <Breadcrumbs />
        <ActionButton id="undo" />
        <ActionButton id="redo" />
        <MainMenu />
      </div>
      <nav aria-label="Rooms">
        <SegmentedControl
          label="Rooms"
          value={room}
          options={ROOMS.map((value) => ({ value, label: ROOM_LABELS[value] }))}
          onChange={goToRoom}
        />
      </nav>
      <div className="top-right">
        <DeviceChip />
        <PaletteButton />
        <TrainButtons />
      </div>
    </header>
  );
}

function DocumentName() {
  const name = useDocument((state) => state.document.name);
  const dirty = useDocument(isDirty);
  return (
    <div className="top-name" data-value={name}>
      <TextField
        label="Name of the design"
        value={name}
        onCommit={(text) => {
          if (text.trim() === '') return 'A design needs a name.';
          dispatch({ command: 'renameDocument', args: { name: text.trim() } });
          return null;
        }}
      />
      {dirty && <span className="top-dirty" role="img" aria-label="Not saved" title="Not saved" />}
    </div>
  );
}

/** The file the design is in: two files may hold designs of one name. */
function FileName() {
  const path = useDocument((state) => state.path);
  return (
    <span className="top-file" title={path ?? 'Not in a file yet'}>
      {path === null ? 'no file yet' : fileName(path)}
    </span>
  );
}

/** Where in the document one is. Nested blocks will add to it. */
function Breadcrumbs() {
  const room = useUi((state) => state.room);
  return (
    <div className="top-crumbs">
      <span>Network</span>
      <ChevronRight aria-hidden />
      <span aria-current="page">{ROOM_LABELS[room]}</span>
    </div>
  );
}

function PaletteButton() {
  const { action, shortcut } = useAction('commandPalette');
  return (
    <Tooltip content="All commands">
      <Button aria-label={`All commands, ${shortcut}`} className="top-palette" onClick={() => action.perform()}>
        {shortcut}
      </Button>
    </Tooltip>
  );
}

const MENU_GROUPS: readonly (readonly string[])[] = [
  ['new', 'open', 'save', 'saveAs', 'startPage'],
  ['cut', 'copy', 'paste', 'duplicate', 'delete', 'selectAll'],
  ['findNode', 'autoLayout', 'toggleMinimap', 'toggleTheme', 'textSize'],
  ['devices', 'keyboardHelp'],
];

function textSizeChoice(): MenuChoice {
  return {
    label: 'Text size',
    icon: <ALargeSmall aria-hidden />,
    value: String(useSettings.getState().textSize),
    options: TEXT_SIZES.map((size) => ({ value: String(size), label: `${size} %` })),
    onChoose: (size) => performAction(`textSize.${size}`),
  };
}

function menuGroups() {
  return MENU_GROUPS.map((ids) =>
    ids.flatMap((id): MenuItem | MenuChoice | [] => {
      if (id === 'textSize') return textSizeChoice();
      const action = ACTIONS.find((one) => one.id === id);
      if (action === undefined) return [];
      const Icon = action.icon;
      return {
        label: action.label,
        icon: <Icon aria-hidden />,
        shortcut: firstShortcut(action),
        disabled: !action.enabled(),
        onSelect: () => action.perform(),
      };
    }),
  );
}

function MainMenu() {
  return (
    <Menu
      align="start"
      trigger={<IconButton label="Menu" icon={<EllipsisVertical aria-hidden />} />}
      groups={menuGroups}
    />
  );
}
