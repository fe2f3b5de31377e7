import { useAction } from '../../actions/useAction.ts';
import { nodeOnScreen, useAnalysis } from '../../stores/analysisStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { Button, formatCompact, formatCount, plural, Section } from '../../ui/index.ts';
import { Rows } from './Rows.tsx';

/** Several things selected: how much they are, and what can be done with all of them. */
export function SelectionSummary() {
  const nodeIds = useSelection((state) => state.nodeIds);
  const edgeIds = useSelection((state) => state.edgeIds);
  const state = useAnalysis();
  const chosen = nodeIds.flatMap((id) => nodeOnScreen(id, state) ?? []);
  const sum = (pick: (one: (typeof chosen)[number]) => number) => chosen.reduce((total, one) => total + pick(one), 0);
  return (
    <>
      <header className="inspector-head inspector-plain">
        <div>
          <h2>{plural(nodeIds.length, 'layer')} selected</h2>
          {edgeIds.length > 0 && <p className="muted">and {plural(edgeIds.length, 'wire')}</p>}
        </div>
      </header>
      <Section title="Together">
        <Rows
          rows={[
            ['Parameters', formatCount(sum((one) => one.params.trainable + one.params.nonTrainable))],
            ['MACs a sample', formatCompact(sum((one) => one.macs))],
          ]}
        />
      </Section>
      <Section title="Actions">
        <div className="inspector-actions">
          <ActionRow id="connect" />
          <ActionRow id="duplicate" />
          <ActionRow id="copy" />
          <ActionRow id="fitSelection" />
          <ActionRow id="delete" />
        </div>
      </Section>
    </>
  );
}

function ActionRow({ id }: { readonly id: string }) {
  const { action, enabled, shortcut } = useAction(id);
  const Icon = action.icon;
  return (
    <Button disabled={!enabled} icon={<Icon aria-hidden />} title={shortcut} onClick={() => action.perform()}>
      {action.label}
    </Button>
  );
}
