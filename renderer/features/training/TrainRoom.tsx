import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { BACKEND_TITLES } from '../../stores/engineStore.ts';
import { statusLabel, statusTone } from '../../stores/runProgress.ts';
import { showRun, useRuns } from '../../stores/runsStore.ts';
import { useShownRun } from '../../stores/shownRun.ts';
import { useTrainState } from '../../stores/trainState.ts';
import { Badge, Banner, formatMoment, Select } from '../../ui/index.ts';
import { Room } from '../../ui/room/index.ts';
import { ObstacleButton } from './ObstacleButton.tsx';
import { RunButtons } from './RunButtons.tsx';
import { RunChartControls, RunCharts } from './RunCharts.tsx';
import { RunFigures } from './RunFigures.tsx';
import { RunNotice } from './RunNotice.tsx';
import { TrainingEmpty } from './TrainingEmpty.tsx';
import { TrainSettings } from './TrainSettings.tsx';
import './training.css';

/** Settings of the next run left; the run that is looked at, with its curves, in the middle. */
export function TrainRoom() {
  const runId = useShownRun();
  return (
    <Room label="Train" side={<TrainSettings />}>
      {runId === null ? (
        <TrainingEmpty />
      ) : (
        <>
          <RunHead runId={runId} />
          <div className="train-notices">
            <RunNotice runId={runId} />
            <StartObstacle />
          </div>
          <div className="train-figures">
            <RunFigures runId={runId} />
          </div>
          <div className="train-curves">
            <RunCharts />
          </div>
          <RunFacts runId={runId} />
        </>
      )}
    </Room>
  );
}

/** Which run is shown: its name where there is one, a choice where there are several. */
function RunHead({ runId }: { readonly runId: string }) {
  const standing = (state: ReturnType<typeof useRuns.getState>) => state.records[runId];
  const label = useRuns((state) => {
    const record = standing(state);
    return record && statusLabel(record);
  });
  const tone = useRuns((state) => {
    const record = standing(state);
    return record && statusTone(record);
  });
  const runs = useRuns(useShallow((state) => state.order.map((id) => `${id}\n${state.records[id]?.name ?? id}`)));
  const options = useMemo(
    () => runs.map((line) => ({ value: line.split('\n')[0] ?? line, label: line.split('\n')[1] ?? line })),
    [runs],
  );
  return (
    <header className="room-head">
      <h2 className="visually-hidden">Training</h2>
      {options.some((option) => option.value === runId) && (
        <Select
          label="Run shown"
          className="train-run"
          value={runId}
          options={options}
          onChange={(id) => void showRun(id)}
        />
      )}
      {label !== undefined && <Badge tone={tone ?? 'neutral'}>{label}</Badge>}
      <RunButtons runId={runId} />
      <div className="room-actions">
        <RunChartControls />
      </div>
    </header>
  );
}

/** Why the next run cannot start, while an older one is on screen. */
function StartObstacle() {
  const { obstacle, primary } = useTrainState();
  if (obstacle === null || primary !== 'start' || obstacle.room === null) return null;
  return (
    <Banner
      tone="warning"
      title="The next run cannot start yet"
      actions={<ObstacleButton size="s" obstacle={obstacle} />}
    >
      {obstacle.message}
    </Banner>
  );
}

/** What computed the run, and from which seed. */
function RunFacts({ runId }: { readonly runId: string }) {
  const facts = useRuns(
    useShallow((state) => {
      const record = state.records[runId];
      return [record?.backend, record?.device, record?.backendReason, record?.seed, record?.createdAt] as const;
    }),
  );
  const [backend, device, reason, seed, createdAt] = facts;
  const titles: { readonly [name: string]: string } = BACKEND_TITLES;
  const engine = backend == null ? null : (titles[backend] ?? backend);
  const where =
    device != null && engine !== null && !device.includes(engine) ? `${engine}, ${device}` : (device ?? engine);
  return (
    <footer className="train-facts">
      {where !== null && (
        <span>
          Trained on <strong>{where}</strong>
        </span>
      )}
      <span>seed {seed}</span>
      {createdAt !== undefined && <span>started {formatMoment(createdAt)}</span>}
      {reason != null && reason !== '' && <span>{reason}</span>}
    </footer>
  );
}
