import { expand } from '../../graph/index.ts';
import { formatShape } from '../../tensor/index.ts';
import { checkDesign, openDesign } from '../designs.ts';
import { type Output, problemLines } from '../output.ts';
import { formatBytes, formatCount, formatTable } from '../table.ts';

/** `layerloom inspect FILE`: layers with shapes and counts, totals, problems. Needs no engine. */
export async function inspect(file: string, output: Output): Promise<void> {
  const design = await openDesign(file);
  const { analysis, problems: found } = await checkDesign(design.document, design.path);
  const problems = [...design.problems, ...found];
  const { nodes } = expand(design.document).graph;
  const layers = analysis.order.flatMap((id) => {
    const node = nodes[id];
    const facts = analysis.nodes.get(id);
    if (node === undefined || facts === undefined) return [];
    const params = facts.params.trainable + facts.params.nonTrainable;
    return [{ id, name: node.name, type: node.type, outputShape: facts.outputShape, params, macs: facts.macs }];
  });
  const { params, trainable, nonTrainable, macs, bytes } = analysis.totals;

  output.data({
    layers,
    totals: { params, trainable, nonTrainable, macs, bytes },
    problems: problems.map(({ code, severity, graph = design.document.root, nodeId, path, message, fixes = [] }) => ({
      code,
      severity,
      nodeId: path ?? nodeId ?? null,
      at: nodeId === undefined ? null : { graph, nodeId },
      message,
      fixes,
    })),
  });

  const rows = layers.map((layer) => [
    layer.name,
    layer.type,
    layer.outputShape === null ? '?' : formatShape(layer.outputShape),
    formatCount(layer.params),
    formatCount(layer.macs),
  ]);
  const columns = [
    { title: 'Layer' },
    { title: 'Type' },
    { title: 'Output', align: 'right' },
    { title: 'Parameters', align: 'right' },
    { title: 'MACs', align: 'right' },
  ] as const;
  output.line(`${design.document.name}  ${design.path}`);
  output.line();
  for (const line of formatTable(columns, rows)) output.line(line);
  output.line();
  output.line(
    `Parameters  ${formatCount(params)} (${formatCount(trainable)} trainable, ${formatCount(nonTrainable)} not)`,
  );
  output.line(`MACs        ${formatCount(macs)} a sample`);
  output.line(`Memory      ${formatBytes(bytes)} to train with batches of ${design.document.training.batchSize}`);
  if (problems.length > 0) output.line();
  for (const line of problemLines(problems, (id) => nodes[id]?.name ?? id)) output.line(line);
}
