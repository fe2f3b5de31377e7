import { ChartNoAxesColumn } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { SplitName } from '../../../core/data/index.ts';
import { RunChanges } from '../../actions/RunChanges.tsx';
import { BELONGING_NOTES, useRunOptions } from '../../stores/ownRuns.ts';
import { useRuns } from '../../stores/runsStore.ts';
import { goToRoom } from '../../stores/uiStore.ts';
import { Button, EmptyState, Menu, SegmentedControl, Select, Spinner } from '../../ui/index.ts';
import { Room } from '../../ui/room/index.ts';
import './evaluate.css';
import { EvaluationView } from './EvaluationView.tsx';
import { TryIt } from './TryIt.tsx';
import { useRunData } from './useRunData.ts';

type Weights = 'best' | 'last';

/** How good a trained network is, where it errs, and what it says to an input of one's own. */
export function EvaluateRoom() {
  const runs = useRunOptions(true);
  const options = useMemo(
    () => runs.map(({ id, name, belonging }) => ({ value: id, label: name, help: BELONGING_NOTES[belonging] })),
    [runs],
  );
  const own = runs.find(({ belonging }) => belonging === 'own')?.id ?? null;
  const activeId = useRuns((state) => state.activeId);
  const [chosen, setChosen] = useState<string | null>(null);
  const has = (id: string | null) => id !== null && options.some((option) => option.value === id);
  const runId = has(chosen) ? chosen : has(activeId) ? activeId : own;
  if (runId === null)
    return (
      <Room label="Evaluate">
        <EmptyState
          icon={<ChartNoAxesColumn aria-hidden />}
          title="Train first"
          action={
            <>
              <Button variant="primary" onClick={() => goToRoom('train')}>
                Go to Train
              </Button>
              {runs.length > 0 && (
                <Menu
                  align="center"
                  trigger={<Button>Evaluate a run of another design</Button>}
                  groups={[runs.slice(0, 20).map(({ id, name }) => ({ label: name, onSelect: () => setChosen(id) }))]}
                />
              )}
            </>
          }
        >
          After the first epoch, this room shows how often the network is right, which classes it mixes up, and the
          samples it errs on most.
        </EmptyState>
      </Room>
    );
  return <EvaluateRun key={runId} runId={runId} options={options} onChoose={setChosen} />;
}

interface EvaluateRunProps {
  readonly runId: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly help: string | undefined }[];
  readonly onChoose: (runId: string) => void;
}

const SPLITS = [
  { value: 'train' as const, label: 'Train' },
  { value: 'validation' as const, label: 'Validation' },
  { value: 'test' as const, label: 'Test' },
];

function EvaluateRun({ runId, options, onChoose }: EvaluateRunProps) {
  const { data, problem } = useRunData(runId);
  const [weights, setWeights] = useState<Weights>('best');
  const [asked, setSplit] = useState<SplitName | null>(null);
  const splits = data?.description.splits;
  const split =
    asked ?? (splits === undefined || splits.test > 0 ? 'test' : splits.validation > 0 ? 'validation' : 'train');
  return (
    <Room label="Evaluate" aside={data === null ? null : <TryIt data={data} weights={weights} />}>
      <header className="room-head">
        <h2 className="visually-hidden">Evaluation</h2>
        <Select label="Run" className="evaluate-run" value={runId} options={options} onChange={onChoose} />
        <SegmentedControl
          label="Weights"
          value={weights}
          options={[
            { value: 'best', label: 'Best weights' },
            { value: 'last', label: 'Last' },
          ]}
          onChange={setWeights}
        />
        <div className="room-actions">
          <SegmentedControl
            label="Part of the data"
            value={split}
            options={SPLITS.map((option) => ({
              ...option,
              disabled: splits !== undefined && splits[option.value] === 0,
            }))}
            onChange={setSplit}
          />
        </div>
      </header>
      <div className="evaluate-notices">
        <RunChanges runId={runId}>The network is evaluated as it was trained.</RunChanges>
      </div>
      {data === null && problem === null ? (
        <div className="evaluate-wait">
          <Spinner label="Reading the run" />
        </div>
      ) : (
        <EvaluationView runId={runId} split={split} weights={weights} data={data} dataProblem={problem} />
      )}
    </Room>
  );
}
