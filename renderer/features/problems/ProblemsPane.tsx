import { CircleCheck } from 'lucide-react';
import { memo } from 'react';
import type { LoomDocument } from '../../../core/document/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { goToProblem } from '../../actions/goTo.ts';
import { useAnalysis } from '../../stores/analysisStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { Button, EmptyState, plural } from '../../ui/index.ts';
import './problemsPane.css';

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
              key={`${problem.code}:${problem.path ?? problem.nodeId ?? problem.edgeId ?? ''}:${problem.message}`}
              problem={problem}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Name of the layer, behind those of the blocks it stands in: `stage › unit › conv`. */
function whereText(document: LoomDocument, { graph, nodeId, path, within = [] }: Problem): string | undefined {
  if (nodeId === undefined) return undefined;
  const name = graphOf(document, graph).nodes[nodeId]?.name;
  if (name === undefined || path === undefined) return name;
  const { places } = useAnalysis.getState().analysis;
  const uses = places.get(path.slice(0, path.length - nodeId.length))?.uses ?? [];
  return [
    ...uses.slice(0, within.length).map((use) => document.graphs[use.graph]?.nodes[use.node]?.name ?? use.node),
    name,
  ].join(' › ');
}

const ProblemRow = memo(function ProblemRow({ problem }: { readonly problem: Problem }) {
  const name = useDocument(({ document }) => whereText(document, problem));
  return (
    <li className="problem-row" data-problem-code={problem.code}>
      <button type="button" className="problem-target" onClick={() => goToProblem(problem)}>
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
