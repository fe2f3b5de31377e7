import type { Graph } from '../../../core/document/index.ts';
import type { Graphs } from '../../../core/graph/index.ts';
import { detours } from '../../actions/layout/detours.ts';
import { skipEdges } from '../../actions/layout/skipEdges.ts';
import { nodeLook } from '../../ui/nodeLook.ts';
import { nodeSize } from '../../ui/nodeSize.ts';
import { ownHue } from '../../ui/ownHue.ts';
import { wirePath } from '../../ui/wirePath.ts';

const MARGIN = 30;

/** A tiny drawing of a network: boxes in their family's hue, wires between them. */
export function GraphThumbnail({ graph, graphs }: { readonly graph: Graph; readonly graphs: Graphs }) {
  const skips = skipEdges(graph);
  const crossings = detours(graph);
  const boxes = new Map(
    Object.values(graph.nodes).map((node) => [
      node.id,
      { ...node.position, ...nodeSize(node.type), look: nodeLook(node, graphs) },
    ]),
  );
  const all = [...boxes.values()];
  if (all.length === 0) return null;
  const left = Math.min(...all.map((box) => box.x)) - MARGIN;
  const top = Math.min(...all.map((box) => box.y)) - MARGIN;
  const width = Math.max(...all.map((box) => box.x + box.width)) + MARGIN - left;
  const height = Math.max(...all.map((box) => box.y + box.height)) + MARGIN - top;
  return (
    <svg className="thumbnail" viewBox={`${left} ${top} ${width} ${height}`} aria-hidden>
      {Object.values(graph.edges).map((edge) => {
        const from = boxes.get(edge.source);
        const to = boxes.get(edge.target);
        if (from === undefined || to === undefined) return null;
        const ends = {
          sourceX: from.x + from.width,
          sourceY: from.y + from.height / 2,
          targetX: to.x,
          targetY: to.y + to.height / 2,
        };
        return (
          <path
            key={edge.id}
            d={wirePath(ends, { skip: skips.has(edge.id), crossAt: crossings.get(edge.id) ?? null }).path}
          />
        );
      })}
      {[...boxes].map(([id, box]) => (
        <rect
          key={id}
          className={`f-${box.look.family ?? 'io'}`}
          style={ownHue(box.look.hue)}
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
          rx={14}
        />
      ))}
    </svg>
  );
}
