import { useAnalysis } from '../../stores/analysisStore.ts';
import { useData } from '../../stores/dataStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { goToRoom } from '../../stores/uiStore.ts';
import { Button, formatBytes, formatCompact, formatCount, Section } from '../../ui/index.ts';
import { Rows } from './Rows.tsx';

/** Nothing selected: the network as a whole. */
export function DocumentSummary() {
  const name = useDocument((state) => state.document.name);
  const training = useDocument((state) => state.document.training);
  const totals = useAnalysis((state) => state.analysis.totals);
  const summary = useData((state) => state.description?.summary ?? null);
  return (
    <>
      <header className="inspector-head inspector-plain">
        <div>
          <h2>{name}</h2>
          <p className="muted">Select a layer to edit it.</p>
        </div>
      </header>
      <Section title="Network">
        <Rows
          rows={[
            ['Layers', formatCount(totals.layers)],
            ['Parameters', formatCount(totals.params)],
            ['Trainable', formatCount(totals.trainable)],
            ['Not trainable', formatCount(totals.nonTrainable)],
            ['MACs a sample', formatCompact(totals.macs)],
          ]}
        />
      </Section>
      <Section title="Memory while training" aside={`batch ${formatCount(training.batchSize)}`}>
        <Rows
          rows={[
            ['Weights and optimiser', formatBytes(totals.weightBytes)],
            ['Layer outputs', formatBytes(totals.activationBytes)],
            ['Together', formatBytes(totals.bytes)],
          ]}
        />
      </Section>
      <Section title="Data">
        {summary === null ? (
          <>
            <p className="muted inspector-text">No data chosen. With data, widths and classes are checked too.</p>
            <Button size="s" onClick={() => goToRoom('data')}>
              Choose data
            </Button>
          </>
        ) : (
          <Rows
            rows={[
              ['Name', summary.name],
              ['Samples', formatCount(summary.samples)],
              ...summary.fields.map((field): [string, string] => [
                field.role === 'input' ? 'Input' : 'Target',
                field.classes === undefined ? field.shape.join('×') : `${field.classes.length} classes`,
              ]),
            ]}
          />
        )}
      </Section>
    </>
  );
}
