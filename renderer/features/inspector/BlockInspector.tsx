import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { type BlockUse, type Graph, type LayerNode, readBlockUse } from '../../../core/document/index.ts';
import { isFormula } from '../../../core/expressions/index.ts';
import { describeParameter, parameterNames, type Scope, scopeAt, scopesOfValues } from '../../../core/graph/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { FormulaField } from '../../actions/params/FormulaField.tsx';
import { ParamField } from '../../actions/params/ParamField.tsx';
import { useNodeAnalysis } from '../../stores/analysisStore.ts';
import { tryDispatchHere, useDocument } from '../../stores/documentStore.ts';
import { Field, formatCompact, formatCount, NumberField, Section, TextField } from '../../ui/index.ts';
import { NodeHead } from './NodeHead.tsx';
import { Rows } from './Rows.tsx';

/** A use of a block: its name, the values it gives, how often it stands, and what it amounts to. */
export function BlockInspector({ node }: { readonly node: LayerNode }) {
  const read = useMemo(() => readBlockUse(node.params), [node.params]);
  const definition = useDocument(({ document }) => ('use' in read ? document.graphs[read.use.graph] : undefined));
  return (
    <>
      <NodeHead node={node} />
      {'use' in read && definition !== undefined && <Values node={node} use={read.use} definition={definition} />}
      <Facts nodeId={node.id} />
      {definition?.doc !== undefined && (
        <Section title="About">
          <p className="inspector-text">{definition.doc}</p>
          {definition.source !== undefined && <Source {...definition.source} />}
        </Section>
      )}
    </>
  );
}

/** Where a block comes from. Documents come from anywhere: what is no web address is no link. */
function Source({ label, url }: { readonly label: string; readonly url: string }) {
  if (!url.startsWith('https://')) return <p className="muted">{label}</p>;
  return (
    <a className="inspector-source" href={url} target="_blank" rel="noreferrer">
      {label} <ExternalLink aria-hidden />
    </a>
  );
}

interface ValuesProps {
  readonly node: LayerNode;
  readonly use: BlockUse;
  readonly definition: Graph;
}

function Values({ node, use, definition }: ValuesProps) {
  const document = useDocument((state) => state.document);
  const graph = useDocument((state) => state.graphId);
  const uses = useDocument((state) => state.uses);
  const place = useMemo(() => ({ graph, uses }), [graph, uses]);
  const outer = useMemo(() => [scopeAt(document, place)], [document, place]);
  const scopes = useMemo(() => scopesOfValues(document, place, node), [document, place, node]);
  const setRepeat = (value: JsonValue) =>
    tryDispatchHere({ command: 'setParam', args: { nodeId: node.id, param: 'repeat', value } })?.message;
  return (
    <Section title="Values">
      {parameterNames(definition).map((name) => (
        <Value key={name} name={name} node={node} use={use} definition={definition} scopes={scopes} />
      ))}
      <Field label="Repetitions" help="How often it stands in series: what leaves one enters the next.">
        <FormulaField
          label="Repetitions"
          value={use.repeatFormula ?? use.repeat}
          scopes={outer}
          plain={1}
          onChange={setRepeat}
        >
          <NumberField label="Repetitions" integer min={1} value={use.repeat} onCommit={(value) => setRepeat(value)} />
        </FormulaField>
      </Field>
    </Section>
  );
}

function Value({
  name,
  node,
  use,
  definition,
  scopes,
}: ValuesProps & { readonly name: string; readonly scopes: readonly Scope[] }) {
  const parameter = definition.parameters?.[name];
  if (parameter === undefined) return null;
  const usual = parameter.default as JsonValue;
  const value = use.values[name] ?? usual;
  const descriptor = describeParameter(name, parameter);
  const label = descriptor?.label ?? name;
  const set = (next: JsonValue) =>
    tryDispatchHere({ command: 'setUseValue', args: { nodeId: node.id, name, value: next } })?.message;
  const help = parameter.help === undefined || parameter.help === '' ? undefined : parameter.help;
  return (
    <Field label={label} help={help}>
      <FormulaField label={label} value={value} scopes={scopes} plain={null} onChange={set}>
        {descriptor === null ? (
          <TextField label={label} mono value={JSON.stringify(value)} onCommit={(text) => set(fromText(text))} />
        ) : (
          <ParamField descriptor={descriptor} value={isFormula(value) ? usual : value} onChange={set} />
        )}
      </FormulaField>
    </Field>
  );
}

/** What is no JSON is a text. */
function fromText(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function Facts({ nodeId }: { readonly nodeId: string }) {
  const analysis = useNodeAnalysis(nodeId);
  if (analysis === undefined) return null;
  const { outputShapes, params, macs, receptiveField } = analysis;
  return (
    <Section title="All its layers">
      <Rows
        rows={[
          ['Output', outputShapes.length === 0 ? 'not known' : outputShapes.map(formatShape).join(', ')],
          ['Parameters', formatCount(params.trainable + params.nonTrainable)],
          ['MACs a sample', formatCompact(macs)],
          ...(receptiveField === null ? [] : [['Receptive field', receptiveField.join('×')] as const]),
        ]}
      />
    </Section>
  );
}
