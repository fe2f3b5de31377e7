import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import {
  type AnyLayerDefinition,
  checkParams,
  findLayer,
  type ParamDescriptors,
  whyIdle,
} from '../../../core/catalogue/index.ts';
import type { LayerNode } from '../../../core/document/index.ts';
import { isWrapping, scopeAt } from '../../../core/graph/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { turnIntoParameter } from '../../actions/blocks.ts';
import { FormulaField } from '../../actions/params/FormulaField.tsx';
import { ParamField } from '../../actions/params/ParamField.tsx';
import { useNodeAnalysis } from '../../stores/analysisStore.ts';
import { tryDispatchHere, useDocument } from '../../stores/documentStore.ts';
import { Field, formatCount, Section } from '../../ui/index.ts';
import { NodeHead } from './NodeHead.tsx';
import { Rows } from './Rows.tsx';
import { TrainedWeights } from './TrainedWeights.tsx';

/** One layer: name, parameters, the sum that gives its output size, its weights, and what it is. */
export function NodeInspector({ node }: { readonly node: LayerNode }) {
  const layer = findLayer(node.type);
  const analysis = useNodeAnalysis(node.id);
  const weights = analysis?.weights ?? [];
  const params = (analysis?.params.trainable ?? 0) + (analysis?.params.nonTrainable ?? 0);
  return (
    <>
      <NodeHead node={node} />
      {layer === undefined && !isWrapping(node) && (
        <Section title="Unknown layer">
          <p className="inspector-text">
            This version does not know the layer type “{node.type}”. It is kept as it is, with its parameters, and saved
            unchanged.
          </p>
        </Section>
      )}
      {layer !== undefined && <Params node={node} layer={layer} count={params} />}
      {analysis !== undefined && (analysis.arithmetic.length > 0 || analysis.outputShape !== null) && (
        <Section title="Output size">
          <div className="arithmetic">
            {analysis.arithmetic.map((line) => (
              <div key={line}>{line}</div>
            ))}
            <div className="arithmetic-result">
              {analysis.outputShape === null ? 'not known' : formatShape(analysis.outputShape)}
              {analysis.receptiveField !== null && ` · receptive field ${analysis.receptiveField.join('×')}`}
            </div>
          </div>
        </Section>
      )}
      {weights.length > 0 && (
        <Section title="Weights" aside={formatCount(params)}>
          <Rows
            rows={weights.map((weight) => [
              weight.trainable ? weight.name : `${weight.name} (not trained)`,
              formatShape(weight.shape),
            ])}
          />
        </Section>
      )}
      {weights.length > 0 && analysis !== undefined && <TrainedWeights nodeId={analysis.nodeId} />}
      {layer !== undefined && (
        <Section title="About">
          <p className="inspector-text">{layer.doc}</p>
          {layer.source !== undefined && (
            <a className="inspector-source" href={layer.source.url} target="_blank" rel="noreferrer">
              {layer.source.label} <ExternalLink aria-hidden />
            </a>
          )}
        </Section>
      )}
    </>
  );
}

function Params({
  node,
  layer,
  count,
}: {
  readonly node: LayerNode;
  readonly layer: AnyLayerDefinition;
  readonly count: number;
}) {
  const descriptors: ParamDescriptors = layer.params;
  const document = useDocument((state) => state.document);
  const graph = useDocument((state) => state.graphId);
  const uses = useDocument((state) => state.uses);
  const values = checkParams(layer, node.params).params;
  // Those without effect beside the others' values are hidden; a value in one of them is a problem that says so.
  const shown = Object.entries(descriptors).filter(([name]) => whyIdle(layer, name, values) === null);
  const main = shown.filter(([, descriptor]) => descriptor.section !== 'advanced');
  const advanced = shown.filter(([, descriptor]) => descriptor.section === 'advanced');
  const set = (param: string, value: JsonValue) =>
    tryDispatchHere({ command: 'setParam', args: { nodeId: node.id, param, value } })?.message;
  const scopes = useMemo(
    () => (graph === document.root ? null : [scopeAt(document, { graph, uses })]),
    [document, graph, uses],
  );
  const row = ([name, descriptor]: (typeof main)[number]) => {
    const field = (
      <ParamField descriptor={descriptor} value={values[name] ?? null} onChange={(value) => set(name, value)} />
    );
    return (
      <Field key={name} label={descriptor.label} help={descriptor.help}>
        {scopes === null ? (
          field
        ) : (
          <FormulaField
            label={descriptor.label}
            value={(node.params[name] ?? null) as JsonValue}
            scopes={scopes}
            plain={descriptor.default as JsonValue}
            onChange={(value) => set(name, value)}
            onTurn={() => turnIntoParameter(node.id, name)}
          >
            {field}
          </FormulaField>
        )}
      </Field>
    );
  };
  if (main.length + advanced.length === 0) return null;
  return (
    <>
      {main.length > 0 && (
        <Section title="Parameters" aside={count === 0 ? undefined : `${formatCount(count)} weights`}>
          {main.map(row)}
        </Section>
      )}
      {advanced.length > 0 && (
        <Section title="Advanced" fold="closed" aside={formatCount(advanced.length)}>
          {advanced.map(row)}
        </Section>
      )}
    </>
  );
}
