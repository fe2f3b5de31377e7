import type { Edge } from '../../../core/document/index.ts';
import { incomingEdges, portsOf } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { shapeLeaving, useAnalysis } from '../../stores/analysisStore.ts';
import { dispatchHere, useDocument, useGraph } from '../../stores/documentStore.ts';
import { select } from '../../stores/selectionStore.ts';
import { Button, Section } from '../../ui/index.ts';
import { Rows } from './Rows.tsx';

/** One wire: what it carries, and its place among the wires of a merge. */
export function WireInspector({ edge }: { readonly edge: Edge }) {
  const graph = useGraph((shown) => shown);
  const graphs = useDocument(({ document }) => document.graphs);
  const shape = useAnalysis((state) => shapeLeaving(edge.source, edge.sourcePort, state));
  const target = graph.nodes[edge.target];
  const inputs = target === undefined ? [] : portsOf(target, graphs).inputs;
  const port = inputs.find(({ name }) => name === edge.targetPort);
  const siblings = incomingEdges(graph, edge.target).filter((other) => other.targetPort === edge.targetPort);
  const at = siblings.findIndex((other) => other.id === edge.id);
  const move = (by: number) => dispatchHere({ command: 'reorderInput', args: { edgeId: edge.id, order: at + by } });
  return (
    <>
      <header className="inspector-head inspector-plain">
        <div>
          <h2>Wire</h2>
          <p className="muted">
            {graph.nodes[edge.source]?.name} to {graph.nodes[edge.target]?.name}
          </p>
        </div>
      </header>
      <Section title="Carries">
        <Rows
          rows={[
            ['Shape', shape === null ? 'not known' : formatShape(shape)],
            ...(inputs.length > 1 && port !== undefined ? [['Input', port.label] as const] : []),
          ]}
        />
      </Section>
      {siblings.length > 1 && (
        <Section title="Order" aside={`${at + 1} of ${siblings.length}`}>
          <div className="inspector-actions">
            <Button disabled={at === 0} onClick={() => move(-1)}>
              Move before
            </Button>
            <Button disabled={at === siblings.length - 1} onClick={() => move(1)}>
              Move behind
            </Button>
          </div>
        </Section>
      )}
      <Section title="Actions">
        <div className="inspector-actions">
          <Button
            variant="danger"
            onClick={() => {
              if (dispatchHere({ command: 'disconnect', args: { edgeId: edge.id } }).ok) select([]);
            }}
          >
            Disconnect
          </Button>
        </div>
      </Section>
    </>
  );
}
