import { Code } from 'lucide-react';
import { useMemo } from 'react';
import type { ExportSource } from '../../../core/host/index.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useExportObstacle } from '../../stores/trainState.ts';
import { CodeView, CopyButton } from '../../ui/code/index.ts';
import { EmptyState, ProblemView, Spinner } from '../../ui/index.ts';
import './export.css';
import { roomsOf } from './formats.ts';
import { RedFieldBanner } from './RedFieldBanner.tsx';
import { useExportPreview } from './useExportPreview.ts';

/** Writing code at every keystroke would keep the engine busy for nothing. */
const DELAY_MS = 350;

/** The design on screen as Keras source, always up to date. */
export function CodePane() {
  const document = useDocument((state) => state.document);
  const documentPath = useDocument((state) => state.path);
  const empty = Object.values(document.graphs).every((graph) => Object.keys(graph.nodes).length === 0);
  // Moving a node changes the document but not its code: the pane then shows the same text again.
  const source = useMemo<ExportSource | null>(
    () => (empty ? null : { kind: 'document', document: document, documentPath }),
    [empty, document, documentPath],
  );
  const { files, loading, problem } = useExportPreview(source, 'keras-code', DELAY_MS);
  const code = files[0]?.text ?? null;
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
        <ProblemView problem={problem} />
      </div>
    );
  return (
    <div className="code-pane" aria-busy={loading}>
      {obstacle !== null && <RedFieldBanner obstacle={obstacle} />}
      {code === null ? (
        <Spinner label="Writing the code" />
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
