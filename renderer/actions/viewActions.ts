import {
  AArrowDown,
  AArrowUp,
  ALargeSmall,
  Map as MapIcon,
  Maximize,
  Minus,
  Moon,
  Plus,
  Scan,
  Search,
  Workflow,
} from 'lucide-react';
import { TEXT_SIZES } from '../../core/host/index.ts';
import { canvasView } from '../stores/canvasStore.ts';
import { useSelection } from '../stores/selectionStore.ts';
import { resolvedTheme, setTextSize, setTheme, useSettings } from '../stores/settingsStore.ts';
import { useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';
import { autoLayout, canLayOut } from './layout/autoLayout.ts';

export const onCanvas = () => canvasView() !== null;

/** The next larger (1) or smaller (-1) size of text, if there is one. */
function textSizeBeside(step: 1 | -1) {
  return TEXT_SIZES[TEXT_SIZES.indexOf(useSettings.getState().textSize) + step];
}

function stepTextSize(step: 1 | -1): void {
  const size = textSizeBeside(step);
  if (size !== undefined) setTextSize(size);
}

export const VIEW_ACTIONS: readonly Action[] = [
  {
    id: 'zoomOut',
    label: 'Zoom out',
    group: 'View',
    icon: Minus,
    shortcuts: ['-', 'Mod+-'],
    enabled: onCanvas,
    perform: () => canvasView()?.zoomBy(1 / 1.25),
  },
  {
    id: 'zoomIn',
    label: 'Zoom in',
    group: 'View',
    icon: Plus,
    shortcuts: ['+', '=', 'Mod++', 'Mod+='],
    enabled: onCanvas,
    perform: () => canvasView()?.zoomBy(1.25),
  },
  {
    id: 'zoomActual',
    label: 'Zoom to 100%',
    group: 'View',
    icon: Scan,
    shortcuts: ['0', 'Mod+0'],
    enabled: onCanvas,
    perform: () => canvasView()?.zoomTo(1),
  },
  {
    id: 'fit',
    label: 'Fit the whole network',
    group: 'View',
    icon: Maximize,
    shortcuts: ['1'],
    enabled: onCanvas,
    perform: () => canvasView()?.fit(),
  },
  {
    id: 'fitSelection',
    label: 'Fit the selection',
    group: 'View',
    icon: Scan,
    shortcuts: ['.'],
    enabled: () => onCanvas() && useSelection.getState().nodeIds.length > 0,
    perform: () => canvasView()?.fit(useSelection.getState().nodeIds),
  },
  {
    id: 'autoLayout',
    label: 'Arrange automatically',
    group: 'View',
    icon: Workflow,
    shortcuts: ['Shift+L'],
    enabled: () => onCanvas() && canLayOut(),
    perform: () => void autoLayout(),
  },
  {
    id: 'toggleMinimap',
    label: 'Show or hide the minimap',
    group: 'View',
    icon: MapIcon,
    shortcuts: ['M'],
    enabled: onCanvas,
    perform: () => useUi.setState((state) => ({ minimap: !state.minimap })),
  },
  {
    id: 'findNode',
    label: 'Find a layer in the network…',
    group: 'View',
    icon: Search,
    shortcuts: ['Mod+F'],
    enabled: () => useUi.getState().screen === 'editor',
    perform: () => useUi.setState({ finder: 'show' }),
  },
  {
    id: 'toggleTheme',
    label: 'Switch between light and dark',
    group: 'View',
    icon: Moon,
    shortcuts: [],
    enabled: () => true,
    perform: () => setTheme(resolvedTheme(useSettings.getState().theme) === 'dark' ? 'light' : 'dark'),
  },
  {
    id: 'textLarger',
    label: 'Larger text',
    group: 'View',
    icon: AArrowUp,
    shortcuts: [],
    enabled: () => textSizeBeside(1) !== undefined,
    perform: () => stepTextSize(1),
  },
  {
    id: 'textSmaller',
    label: 'Smaller text',
    group: 'View',
    icon: AArrowDown,
    shortcuts: [],
    enabled: () => textSizeBeside(-1) !== undefined,
    perform: () => stepTextSize(-1),
  },
  ...TEXT_SIZES.map(
    (size): Action => ({
      id: `textSize.${size}`,
      label: `Text size ${size} %`,
      group: 'View',
      icon: ALargeSmall,
      shortcuts: [],
      enabled: () => true,
      perform: () => setTextSize(size),
    }),
  ),
];
