import { useShallow } from 'zustand/react/shallow';
import type { LayerNode } from '../../../core/document/index.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { useNodeAnalysis } from '../../stores/analysisStore.ts';
import { tryDispatchHere, useDocument } from '../../stores/documentStore.ts';
import { Glyph, nodeLook, ProblemView, TextField } from '../../ui/index.ts';

/** What a node is, its name, and what is wrong with it. */
export function NodeHead({ node }: { readonly node: LayerNode }) {
  const look = useDocument(useShallow(({ document }) => nodeLook(node, document.graphs)));
  const problems = useNodeAnalysis(node.id)?.problems ?? [];
  return (
    <>
      <header className="inspector-head">
        <Glyph {...look} size="l" />
        <div className="inspector-titles">
          <h2>{look.title}</h2>
          <TextField
            label="Name of the layer"
            className="inspector-name"
            value={node.name}
            onCommit={(name) => tryDispatchHere({ command: 'renameNode', args: { nodeId: node.id, name } })?.message}
          />
        </div>
      </header>
      {problems.length > 0 && (
        <div className={`inspector-problems inspector-${problems[0]?.severity}`}>
          {problems.map((problem) => (
            <ProblemView key={`${problem.code}${problem.message}`} problem={problem} onFix={applyFix} />
          ))}
        </div>
      )}
    </>
  );
}
