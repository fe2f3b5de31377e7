import { Code } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { applyFix } from '../../actions/applyFix.ts';
import { useData } from '../../stores/dataStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useExportObstacle } from '../../stores/trainState.ts';
import { CodeView, CopyButton } from '../../ui/code/index.ts';
import { EmptyState, ProblemView, Spinner } from '../../ui/index.ts';
import { designCode } from './designCode.ts';
import './export.css';
import { roomsOf } from './formats.ts';
import { RedFieldBanner } from './RedFieldBanner.tsx';

/** The design on screen as Keras source, always up to date: written here, from the design and what was last read of its data. */
export function CodePane() {
  const document = useDocument((state) => state.document);
  const data = useData(useShallow(({ description, described, problem }) => ({ description, described, problem })));
  const loading = useData((state) => state.loading);
  const empty = Object.values(document.graphs).every((graph) => Object.keys(graph.nodes).length === 0);
  // Drawing comes first: the code of a large design follows a frame later.
  const shown = useDeferredValue(document);
  const { code, problem } = useMemo(() => designCode(shown, data), [shown, data]);
  const obstacle = useExportObstacle(roomsOf('keras-code'));
  if (empty)
    return (
      <EmptyState icon={<Code aria-hidden />} title="No layers yet">
        As you draw, the same network appears here as Keras source code.
      </EmptyState>
    );
  if (problem !== null)
    return (
      <div className="code-pane-problem">
        <ProblemView problem={problem} onFix={applyFix} />
      </div>
    );
  return (
    <div className="code-pane" aria-busy={loading || shown !== document}>
      {obstacle !== null && <RedFieldBanner obstacle={obstacle} />}
      {code === null ? (
        <Spinner label="Reading the data" />
      ) : (
        <CodeView label="Keras source code" code={code} language="python" />
      )}
      {code !== null && obstacle === null && (
        <div className="code-pane-copy">
          <CopyButton text={code} />
        </div>
      )}
    </div>
  );
}
