import { Panel, Separator } from 'react-resizable-panels';
import { Canvas } from '../features/canvas/index.ts';
import { Inspector } from '../features/inspector/index.ts';
import { Palette } from '../features/palette/index.ts';
import { useSettings } from '../stores/settingsStore.ts';
import { Dock } from './Dock.tsx';
import { RememberedGroup } from './RememberedGroup.tsx';

/** Palette, canvas over dock, inspector. */
export function DesignRoom() {
  // A new key when the remembered sizes arrive: the panels read them once, when they appear.
  const loaded = useSettings((state) => state.loaded);
  return (
    <RememberedGroup key={String(loaded)} id="design" orientation="horizontal">
      <Panel id="palette-panel" defaultSize={232} minSize={176} maxSize={360} groupResizeBehavior="preserve-pixel-size">
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
            defaultSize={262}
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
        minSize={240}
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
