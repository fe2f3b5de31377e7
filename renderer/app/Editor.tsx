import { DataRoom } from '../features/data/index.ts';
import { EvaluateRoom } from '../features/evaluate/index.ts';
import { ExportRoom } from '../features/export/index.ts';
import { TrainRoom } from '../features/training/index.ts';
import { type Room, useUi } from '../stores/uiStore.ts';
import { DesignRoom } from './DesignRoom.tsx';
import { FileBanner } from './FileBanner.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

const ROOM_VIEWS: { readonly [R in Room]: () => React.ReactNode } = {
  data: () => <DataRoom />,
  design: () => <DesignRoom />,
  train: () => <TrainRoom />,
  evaluate: () => <EvaluateRoom />,
  export: () => <ExportRoom />,
};

/** The window with a document in it: top bar, the room, status bar. */
export function Editor() {
  const room = useUi((state) => state.room);
  return (
    <div className="editor">
      <TopBar />
      <FileBanner />
      <main className="room" aria-label={room === 'design' ? 'Design' : undefined} data-room={room}>
        {ROOM_VIEWS[room]()}
      </main>
      <StatusBar />
    </div>
  );
}
