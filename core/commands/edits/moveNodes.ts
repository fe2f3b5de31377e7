import { defineCommand } from '../defineCommand.ts';
import { graphOf, requireNode } from '../steps/nodes.ts';

/** Puts layers elsewhere on the canvas, each at its own place. */
export const moveNodes = defineCommand({
  name: 'moveNodes',
  run(draft, { graph: id, positions }) {
    const graph = graphOf(draft, id);
    const moves = Object.entries(positions);
    for (const [id, { x, y }] of moves) {
      const { position } = requireNode(graph, id);
      if (position.x !== x) position.x = x;
      if (position.y !== y) position.y = y;
    }
    return { label: moves.length === 1 ? 'Move layer' : `Move ${moves.length} layers` };
  },
});
