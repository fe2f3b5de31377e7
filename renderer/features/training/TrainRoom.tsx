import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { hasMoreToTrain, isTraining } from '../../../core/runs/index.ts';
import { ObstacleButton } from '../../actions/ObstacleButton.tsx';
import { RunChanges } from '../../actions/RunChanges.tsx';
import { BACKEND_TITLES } from '../../stores/engineStore.ts';
import { BELONGING_NOTES, useRunOptions } from '../../stores/ownRuns.ts';
import { useRunDesign } from '../../stores/runDesigns.ts';
import { statusLabel, statusTone } from '../../stores/runProgress.ts';
import { showRun, useRuns } from '../../stores/runsStore.ts';
import { useShownRun } from '../../stores/shownRun.ts';
import { useTrainState } from '../../stores/trainState.ts';
import { Badge, Banner, formatMoment, Select } from '../../ui/index.ts';
import { Room } from '../../ui/room/index.ts';
import { RunButtons } from './RunButtons.tsx';
import { RunChartControls, RunCharts } from './RunCharts.tsx';
import { RunFigures } from './RunFigures.tsx';
import { RunNotice } from './RunNotice.tsx';
import { ShownRun } from './RunValue.tsx';
import { TrainingEmpty } from './TrainingEmpty.tsx';
import { TrainSettings } from './TrainSettings.tsx';
import './training.css';

/** Settings of the next run left; the run that is looked at, with its curves, in the middle. */
export function TrainRoom() {
  const runId = useShownRun();
  const name = useRuns((state) => (runId === null ? '' : (state.records[runId]?.name ?? runId)));
  const design = useRunDesign(runId);
  const shown = useMemo(() => (design === null ? null : { name, design }), [name, design]);
  const side = (
    <ShownRun.Provider value={shown}>
      <TrainSettings />
    </ShownRun.Provider>
  );
  return (
    <Room label="Train" side={side}>
      {runId === null ? (
        <TrainingEmpty />
      ) : (
        <>
          <RunHead runId={runId} />
          <div className="train-notices">
            <RunNotice runId={runId} />
            <RunChanges runId={runId}>
              <WhatTrains runId={runId} />
            </RunChanges>
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
  const runs = useRunOptions(false);
  const options = useMemo(
    () => runs.map(({ id, name, belonging }) => ({ value: id, label: name, help: BELONGING_NOTES[belonging] })),
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

/** Whose settings a run goes on with. */
function WhatTrains({ runId }: { readonly runId: string }) {
  const status = useRuns((state) => state.records[runId]?.status);
  const resumable = useRuns((state) => {
    const record = state.records[runId];
    return record !== undefined && hasMoreToTrain(record);
  });
  if (status !== undefined && isTraining({ status }))
    return 'It trains as it was started; changes are for the next run.';
  if (status === 'paused' || resumable)
    return 'Resume goes on with the run’s own design and settings; changes are for the next run.';
  return null;
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
