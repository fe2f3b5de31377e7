import { useEffect } from 'react';
import { Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { Canvas } from '../features/canvas/index.ts';
import { Inspector } from '../features/inspector/index.ts';
import { Palette } from '../features/palette/index.ts';
import { useSettings } from '../stores/settingsStore.ts';
import { useUi } from '../stores/uiStore.ts';
import { Dock } from './Dock.tsx';
import { RememberedGroup } from './RememberedGroup.tsx';

// In pixels. Before there are curves to see, the drawing has the better use for the height.
const DOCK = 176;
const DOCK_WITH_CURVES = 262;

/** Palette, canvas over dock, inspector. */
export function DesignRoom() {
  // A new key when the remembered sizes arrive: the panels read them once, when they appear.
  const loaded = useSettings((state) => state.loaded);
  const tall = useUi((state) => state.dockTab === 'training' || state.dockTab === 'runs' || state.dockTab === 'code');
  const dock = usePanelRef();
  useEffect(() => {
    if (!tall || useSettings.getState().layout['panels.centre'] !== undefined) return;
    const panel = dock.current;
    // Made higher once for what needs the height; never against what the person has chosen, nor out of its fold.
    if (panel !== null && !panel.isCollapsed() && panel.getSize().inPixels < DOCK_WITH_CURVES)
      panel.resize(DOCK_WITH_CURVES);
  }, [tall, dock]);
  return (
    <RememberedGroup key={String(loaded)} id="design" orientation="horizontal">
      <Panel id="palette-panel" defaultSize={232} minSize={160} maxSize={360} groupResizeBehavior="preserve-pixel-size">
        <aside className="panel panel-left" aria-label="Layers to add">
          <Palette />
        </aside>
      </Panel>
      <Separator className="resizer" aria-label="Width of the palette" />
      <Panel id="centre-panel" minSize={320}>
        <RememberedGroup id="centre" orientation="vertical">
          <Panel id="canvas-panel" minSize={160}>
            <Canvas />
          </Panel>
          <Separator className="resizer" aria-label="Height of the dock" />
          <Panel
            id="dock-panel"
            defaultSize={tall ? DOCK_WITH_CURVES : DOCK}
            panelRef={dock}
            minSize={33}
            collapsible
            collapsedSize={33}
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
        defaultSize={300}
        minSize={200}
        maxSize={460}
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className="panel panel-right" aria-label="Inspector">
          <Inspector />
        </aside>
      </Panel>
    </RememberedGroup>
  );
}
