import { CircleCheck } from 'lucide-react';
import { memo } from 'react';
import type { Problem } from '../../../core/errors.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { useAnalysis } from '../../stores/analysisStore.ts';
import { canvasView } from '../../stores/canvasStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { select } from '../../stores/selectionStore.ts';
import { Button, EmptyState, plural } from '../../ui/index.ts';
import './problemsPane.css';

/** The node of the main graph that a problem is about, or that holds what it is about. */
const shownNode = ({ nodeId, within = [] }: Problem) => within[0] ?? nodeId;
/** Id of the graph that this layer is in; null for the main graph. */
const shownIn = ({ graph, within = [] }: Problem) => (within.length > 0 ? null : (graph ?? null));

/** Shows the layer or wire a problem is about. */
function show(problem: Problem): void {
  const nodeId = shownNode(problem);
  if (nodeId !== undefined) {
    select([nodeId]);
    canvasView()?.centreOn(nodeId);
  } else if (problem.edgeId !== undefined) select([], [problem.edgeId]);
}

/** Everything that is wrong with the design, worst first, each with what would mend it. */
export function ProblemsPane() {
  const problems = useAnalysis((state) => state.analysis.problems);
  const buildable = useAnalysis((state) => state.analysis.buildable);
  const layers = useAnalysis((state) => state.analysis.totals.layers);
  return (
    <div className="problems-pane">
      <p className="visually-hidden" aria-live="polite">
        {problems.length === 0
          ? 'No problems.'
          : `${plural(problems.length, 'problem')}. First: ${problems[0]?.message}`}
      </p>
      {problems.length === 0 ? (
        <EmptyState icon={<CircleCheck aria-hidden />} title="No problems">
          {layers === 0
            ? 'There is nothing to check yet.'
            : buildable
              ? 'All shapes fit together. The network can be trained.'
              : 'Nothing to report.'}
        </EmptyState>
      ) : (
        <ul aria-label="Problems">
          {problems.map((problem) => (
            <ProblemRow
              key={`${problem.code}:${problem.nodeId ?? problem.edgeId ?? ''}:${problem.message}`}
              problem={problem}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

const ProblemRow = memo(function ProblemRow({ problem }: { readonly problem: Problem }) {
  const nodeId = shownNode(problem);
  const name = useDocument(({ document }) =>
    nodeId === undefined ? undefined : graphOf(document, shownIn(problem)).nodes[nodeId]?.name,
  );
  return (
    <li className="problem-row" data-problem-code={problem.code}>
      <button type="button" className="problem-target" onClick={() => show(problem)}>
        <span className={`problem-row-dot problem-row-${problem.severity}`} role="img" aria-label={problem.severity} />
        <span className="problem-row-title">{problem.title}</span>
        {name !== undefined && <span className="problem-row-node">{name}</span>}
        <span className="problem-row-message">{problem.message}</span>
      </button>
      {(problem.fixes ?? []).map((fix) => (
        <Button key={fix.label} size="s" onClick={() => applyFix(fix)}>
          {fix.label}
        </Button>
      ))}
    </li>
  );
});
