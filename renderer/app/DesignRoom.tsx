import { useEffect, useRef } from 'react';
import { Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { Canvas } from '../features/canvas/index.ts';
import { Inspector } from '../features/inspector/index.ts';
import { Palette } from '../features/palette/index.ts';
import { useSettings } from '../stores/settingsStore.ts';
import { useUi } from '../stores/uiStore.ts';
import { textScale, useTextScale, useWidth } from '../ui/index.ts';
import { Dock } from './Dock.tsx';
import './designRoom.css';
import { RememberedGroup } from './RememberedGroup.tsx';

// In rem. Before there are curves to see, the drawing has the better use for the height.
const DOCK = 11;
const DOCK_WITH_CURVES = 16.375;

/** Below this width, in rem, the columns would be too narrow to read. */
const COLUMNS = 40;

/** Palette, canvas over dock, inspector: in columns, or below each other where text is too large for that or the window too narrow. */
export function DesignRoom() {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scale = useTextScale();
  return (
    <div ref={box} className="design-room">
      {width !== null && (width < COLUMNS * 16 * scale ? <Stack /> : <Columns key={scale} />)}
    </div>
  );
}

/** One column, which scrolls as a whole. */
function Stack() {
  return (
    <div className="design-stack">
      <div className="design-stack-canvas">
        <Canvas />
      </div>
      <aside aria-label="Inspector">
        <Inspector />
      </aside>
      <aside className="design-stack-part" aria-label="Layers to add">
        <Palette />
      </aside>
      <section className="design-stack-part" aria-label="Dock">
        <Dock />
      </section>
    </div>
  );
}

function Columns() {
  // A new key when the remembered sizes arrive: the panels read them once, when they appear.
  const loaded = useSettings((state) => state.loaded);
  const tall = useUi((state) => state.dockTab === 'training' || state.dockTab === 'runs' || state.dockTab === 'code');
  const dock = usePanelRef();
  useEffect(() => {
    if (!tall || useSettings.getState().layout['panels.centre'] !== undefined) return;
    const panel = dock.current;
    // Made higher once for what needs the height; never against what the person has chosen, nor out of its fold.
    if (panel !== null && !panel.isCollapsed() && panel.getSize().inPixels < DOCK_WITH_CURVES * 16 * textScale())
      panel.resize(`${DOCK_WITH_CURVES}rem`);
  }, [tall, dock]);
  return (
    <RememberedGroup key={String(loaded)} id="design" orientation="horizontal">
      <Panel
        id="palette-panel"
        defaultSize="14.5rem"
        minSize="10rem"
        maxSize="22.5rem"
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className="panel panel-left" aria-label="Layers to add">
          <Palette />
        </aside>
      </Panel>
      <Separator className="resizer" aria-label="Width of the palette" />
      <Panel id="centre-panel" minSize="20rem">
        <RememberedGroup id="centre" orientation="vertical">
          <Panel id="canvas-panel" minSize="10rem">
            <Canvas />
          </Panel>
          <Separator className="resizer" aria-label="Height of the dock" />
          <Panel
            id="dock-panel"
            defaultSize={`${tall ? DOCK_WITH_CURVES : DOCK}rem`}
            panelRef={dock}
            minSize="2.0625rem"
            collapsible
            collapsedSize="2.0625rem"
            groupResizeBehavior="preserve-pixel-size"
          >
            <section className="panel panel-bottom" aria-label="Dock">
              <Dock />
            </section>
          </Panel>
        </RememberedGroup>
      </Panel>
      <Separator className="resizer" aria-label="Width of the inspector" />
      <Panel
        id="inspector-panel"
        defaultSize="18.75rem"
        minSize="12.5rem"
        maxSize="28.75rem"
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className="panel panel-right" aria-label="Inspector">
          <Inspector />
        </aside>
      </Panel>
    </RememberedGroup>
  );
}
