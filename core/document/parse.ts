import type { z } from 'zod';
import { fail, ok, type Problem, type Result } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { shorten } from '../shorten.ts';
import { mendIds } from './mendIds.ts';
import { migrate } from './migrate.ts';
import { readJson } from './readJson.ts';
import type { Edge, Graph, LayerNode, LoomDocument } from './schema.ts';
import { DOCUMENT_FORMAT, documentSchema } from './schema.ts';
import { setAsideUnknown } from './unknownSettings.ts';

/** Problems of one kind that are told one by one. */
const SHOWN_EACH = 20;

/** A document as read, and what had to be put right in it (warnings; nothing in them stops work). */
export interface ParsedDocument {
  readonly document: LoomDocument;
  readonly problems: readonly Problem[];
}

/**
 * Reads the text of a `.loom` file. Unknown layer types and unknown keys are kept. Wires that lead nowhere are left out and
 * ids that contradict their key or cannot be one are put right, each with a warning, and choices of a newer version are set aside
 * (`unknownSettings`), so that neither a small flaw nor a newer program's setting costs the whole design.
 * Errors: those of `readJson` and `migrate`, `document-format`, `document-invalid`, `document-no-root`.
 */
export function parseDocument(text: string): Result<ParsedDocument> {
  const json = readJson(text);
  if (!json.ok) return json;
  return documentFromJson(json.value);
}

/** As `parseDocument`, for JSON that has been parsed already (messages). Expects no `__proto__` keys and bounded depth. */
export function documentFromJson(value: JsonValue): Result<ParsedDocument> {
  if (!isObject(value) || value.format !== DOCUMENT_FORMAT)
    return fail({
      code: 'document-format',
      severity: 'error',
      title: 'Not a design',
      message: `This is not a Layerloom design: a design is a JSON object with "format": "${DOCUMENT_FORMAT}".`,
    });
  const migrated = migrate(value);
  if (!migrated.ok) return migrated;
  const problems: Problem[] = [];
  const { unknownSettings: _, ...raw } = mendIds(migrated.value, problems);
  let checked = documentSchema.safeParse(raw);
  if (!checked.success) {
    const known = setAsideUnknown(raw, checked.error.issues);
    if (known === null) return fail(describeIssues(checked.error));
    checked = documentSchema.safeParse(known);
    if (!checked.success) return fail(describeIssues(checked.error));
  }
  const document: LoomDocument = checked.data;
  if (!Object.hasOwn(document.graphs, document.root))
    return fail({
      code: 'document-no-root',
      severity: 'error',
      title: 'No main graph',
      message: `The design says that its main graph is “${shorten(document.root)}”, but it holds no graph of that name. The file was damaged or edited by hand.`,
    });
  const graphs = Object.fromEntries(
    Object.entries(document.graphs).map(([id, graph]) => [id, mend(id, graph, problems)]),
  );
  return ok({ document: { ...document, graphs }, problems: summarise(problems) });
}

function mend(id: string, graph: Graph, problems: Problem[]): Graph {
  const nodes: Record<string, LayerNode> = {};
  for (const [key, node] of Object.entries(graph.nodes)) {
    nodes[key] = node.id === key ? node : { ...node, id: key };
    if (node.id !== key)
      problems.push(
        warning(
          'document-id',
          `The layer “${shorten(node.name)}” is filed under “${shorten(key)}” but calls itself “${shorten(node.id)}”; it is now “${shorten(key)}”.`,
          { nodeId: key },
        ),
      );
  }
  const edges: Record<string, Edge> = {};
  for (const [key, edge] of Object.entries(graph.edges)) {
    const lost = [edge.source, edge.target].filter((end) => !Object.hasOwn(nodes, end));
    if (lost.length === 0) edges[key] = edge.id === key ? edge : { ...edge, id: key };
    else
      problems.push(
        warning(
          'document-dangling-wire',
          `A wire from “${shorten(edge.source)}” to “${shorten(edge.target)}” was left out, because there is no layer ${lost.map((end) => `“${shorten(end)}”`).join(' nor ')}.`,
          { facts: { source: edge.source, target: edge.target } },
        ),
      );
  }
  return { ...graph, id, nodes, edges };
}

/** The first of each kind one by one, the rest counted: a list of problems is for a person, and a file may hold thousands. */
function summarise(problems: readonly Problem[]): readonly Problem[] {
  const counts = new Map<string, number>();
  const shown = problems.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= SHOWN_EACH;
  });
  const more = [...counts].flatMap(([code, count]) => {
    const rest = count - SHOWN_EACH;
    return rest <= 0
      ? []
      : [warning(code, `So it was in ${rest.toLocaleString('en')} more places.`, { facts: { more: rest } })];
  });
  return [...shown, ...more];
}

function warning(code: string, message: string, more: Partial<Problem>): Problem {
  return { code, severity: 'warning', title: 'Mended on opening', message, ...more };
}

/** The first few things wrong, by their place in the file. */
function describeIssues(error: z.ZodError): Problem {
  const shown = error.issues.slice(0, 3).map((issue) => {
    const place = issue.path.length === 0 ? 'the document' : `“${shorten(issue.path.map(String).join('.'))}”`;
    return `${place}: ${shorten(issue.message, 120)}`;
  });
  const rest = error.issues.length - shown.length;
  return {
    code: 'document-invalid',
    severity: 'error',
    title: 'Damaged design',
    message: `The file is a Layerloom design, but parts of it are missing or wrong (${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}). It was damaged or edited by hand; open a backup or mend these places.`,
    facts: { issues: error.issues.length, first: error.issues[0]?.path.map(String) ?? [] },
  };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
