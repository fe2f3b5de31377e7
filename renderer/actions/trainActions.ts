import { Cpu, Pause, Play, Square } from 'lucide-react';
import { graphOf } from '../../core/graph/index.ts';
import { useAnalysis } from '../stores/analysisStore.ts';
import { dataSettled } from '../stores/dataStore.ts';
import { useDocument } from '../stores/documentStore.ts';
import type { RedField } from '../stores/redFields.ts';
import {
  ownLiveRun,
  pauseTraining,
  resumeTraining,
  startTraining,
  stopTraining,
  useRuns,
} from '../stores/runsStore.ts';
import { currentTrainState } from '../stores/trainState.ts';
import { dismissToasts, goToRoom, showDevices, showDockTab, toast, useUi } from '../stores/uiStore.ts';
import type { Action } from './action.ts';
import { goTo } from './goTo.ts';
import { goToField } from './goToField.ts';
import { leftOut, leftOutText } from './leftOut.ts';

const NOT_READY = 'Not ready to train';
const LEFT_OUT = 'Not all layers are trained';

const inEditor = () => useUi.getState().screen === 'editor';

/** Starts a run of the document on screen; when something stands in the way, goes there and says what it is. */
export async function train(): Promise<void> {
  // Asked for while the data is still being read, it starts a moment later.
  await dataSettled();
  const { obstacle, primary } = currentTrainState();
  if (primary !== 'start') return;
  if (obstacle !== null) {
    const { problems } = useAnalysis.getState().analysis;
    const errors = problems.filter((problem) => problem.severity === 'error');
    const first =
      obstacle.room === 'design' ? (errors.find(({ code }) => code === 'unknown-setting') ?? errors[0]) : undefined;
    if (obstacle.field !== undefined) return refuseForField(obstacle.message, obstacle.field);
    if (obstacle.room !== null) goToRoom(obstacle.room);
    if (obstacle.room === 'design') showDockTab('problems');
    toast({ tone: 'error', title: NOT_READY, message: obstacle.message, fixes: first?.fixes ?? [] });
    return;
  }
  // What was in the way before is not any more.
  dismissToasts(NOT_READY);
  sayLeftOut();
  const runId = await startTraining();
  if (runId !== null) showDockTab('training');
}

/** Layers that are drawn but not wired up do not stop a training. Whoever presses Train learns which go without. */
function sayLeftOut(): void {
  dismissToasts(LEFT_OUT);
  const { document } = useDocument.getState();
  const left = leftOut(useAnalysis.getState().analysis.problems);
  if (left.length === 0) return;
  toast({
    tone: 'warning',
    title: LEFT_OUT,
    message: leftOutText(left.map(({ graph, nodeId = '' }) => graphOf(document, graph).nodes[nodeId]?.name ?? nodeId)),
    action: {
      label: left.length === 1 ? 'Show it' : 'Show them',
      perform: () => {
        const [first] = left;
        const beside = left.filter(({ graph }) => graph === first?.graph);
        goTo({ graph: first?.graph, nodeIds: beside.flatMap(({ nodeId = [] }) => nodeId) });
      },
    },
  });
}

function refuseForField(message: string, field: RedField): void {
  const show = () => void goToField(field);
  toast({
    tone: 'error',
    title: NOT_READY,
    message,
    action: { label: `Go to ${field.label}`, perform: show },
  });
  show();
}

export const TRAIN_ACTIONS: readonly Action[] = [
  {
    id: 'train',
    label: 'Train',
    group: 'Train',
    icon: Play,
    shortcuts: ['Mod+Enter'],
    enabled: () => inEditor() && currentTrainState().primary === 'start',
    perform: () => void train(),
  },
  {
    id: 'pause',
    label: 'Pause training',
    group: 'Train',
    icon: Pause,
    shortcuts: ['Mod+Enter'],
    enabled: () => ownLiveRun(useRuns.getState())?.status === 'running',
    perform: () => {
      const run = ownLiveRun(useRuns.getState());
      if (run !== undefined) void pauseTraining(run.id);
    },
  },
  {
    id: 'resume',
    label: 'Resume training',
    group: 'Train',
    icon: Play,
    shortcuts: ['Mod+Enter'],
    enabled: () => ownLiveRun(useRuns.getState())?.status === 'paused',
    perform: () => {
      const run = ownLiveRun(useRuns.getState());
      if (run !== undefined) void resumeTraining(run.id);
    },
  },
  {
    id: 'stop',
    label: 'Stop training',
    group: 'Train',
    icon: Square,
    shortcuts: ['Mod+.'],
    enabled: () => ownLiveRun(useRuns.getState()) !== undefined,
    perform: () => {
      const run = ownLiveRun(useRuns.getState());
      if (run !== undefined) void stopTraining(run.id);
    },
  },
  {
    id: 'devices',
    label: 'Devices and their speed…',
    group: 'Train',
    icon: Cpu,
    shortcuts: [],
    enabled: () => true,
    perform: showDevices,
  },
];
