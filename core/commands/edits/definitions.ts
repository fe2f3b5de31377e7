import { defineCommand, refuse } from '../defineCommand.ts';
import { nextGraphId, nextTitle, requireDefinition, sayDefinition, usedGraph, usesOf } from '../steps/definitions.ts';
import { type GraphDraft, graphOf, plain, requireNode } from '../steps/nodes.ts';

/** How many of those in the way a refusal names. */
const NAMED = 3;

/** Gives a use a copy of its definition, which then is its alone; blocks that it holds stay shared. Refused where it is the only use already. */
export const makeUnique = defineCommand({
  name: 'makeUnique',
  run(draft, { graph: id, nodeId }) {
    const node = requireNode(graphOf(draft, id), nodeId);
    const used = usedGraph(node);
    if (used === null) return refuse('block-invalid', 'No block', `“${node.name}” is no use of a block.`, { nodeId });
    const definition = plain(requireDefinition(draft, used));
    if (usesOf(draft, used).length < 2)
      refuse(
        'block-unique',
        'Its own already',
        `“${node.name}” is the only use of “${sayDefinition(definition)}”, so a change in the block changes nothing else.`,
        { nodeId },
      );
    const copy = {
      ...structuredClone(definition),
      id: nextGraphId(draft),
      name: nextTitle(draft, sayDefinition(definition), 2),
    };
    draft.graphs[copy.id] = copy as GraphDraft;
    node.params.graph = copy.id;
    return { label: `Make ${node.name} unique`, created: [nodeId] };
  },
});

/** What a block is called, what it is for, the colour of its icon. An empty text, or null for the colour, takes away what it had. */
export const setBlock = defineCommand({
  name: 'setBlock',
  run(draft, { graph: id, name, doc, hue }) {
    const definition = requireDefinition(draft, id);
    const label = name === undefined ? `Describe ${sayDefinition(definition)}` : `Rename ${sayDefinition(definition)}`;
    if (name?.trim() === '')
      refuse('invalid-name', 'Name', 'A block needs a name: it is what its uses are called after.');
    if (name !== undefined && definition.name !== name.trim()) definition.name = name.trim();
    if (doc === '') delete definition.doc;
    else if (doc !== undefined && definition.doc !== doc) definition.doc = doc;
    if (hue === null) delete definition.hue;
    else if (hue !== undefined && definition.hue !== hue) definition.hue = hue;
    return { label };
  },
});

/** Takes a definition out of the document that nothing uses. Refused (`block-used`) with who uses it. */
export const deleteBlock = defineCommand({
  name: 'deleteBlock',
  run(draft, { graph: id }) {
    const definition = requireDefinition(draft, id);
    const uses = usesOf(draft, id);
    const say = ({ graph, node }: (typeof uses)[number]) =>
      `“${node.name}”${graph.id === draft.root ? '' : ` in the block “${sayDefinition(graph)}”`}`;
    if (uses.length > 0)
      refuse(
        'block-used',
        'Block in use',
        `“${sayDefinition(definition)}” is used by ${uses.slice(0, NAMED).map(say).join(', ')}${uses.length > NAMED ? ` and ${uses.length - NAMED} more` : ''}. Delete or expand ${uses.length === 1 ? 'that use' : 'those uses'} first.`,
      );
    delete draft.graphs[id];
    return { label: `Delete the block ${sayDefinition(definition)}` };
  },
});
