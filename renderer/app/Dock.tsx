import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { CodePane } from '../features/export/index.ts';
import { HistoryPane } from '../features/history/index.ts';
import { ProblemsPane } from '../features/problems/index.ts';
import { RunsPane } from '../features/runs/index.ts';
import { TrainingPane } from '../features/training/index.ts';
import { useAnalysis } from '../stores/analysisStore.ts';
import { useRuns } from '../stores/runsStore.ts';
import { DOCK_TABS, type DockTab, showDockTab, useUi } from '../stores/uiStore.ts';
import { Badge, formatClock } from '../ui/index.ts';
import './dock.css';

const LABELS: { readonly [T in DockTab]: string } = {
  problems: 'Problems',
  training: 'Training',
  runs: 'Runs',
  code: 'Code',
  history: 'History',
};

const PANES: { readonly [T in DockTab]: () => ReactNode } = {
  problems: () => <ProblemsPane />,
  training: () => <TrainingPane />,
  runs: () => <RunsPane />,
  code: () => <CodePane />,
  history: () => <HistoryPane />,
};

export function Dock() {
  const tab = useUi((state) => state.dockTab);
  const choose = (next: string) => {
    const known = DOCK_TABS.find((one) => one === next);
    if (known !== undefined) showDockTab(known);
  };
  return (
    <Tabs.Root className="dock" value={tab} onValueChange={choose}>
      <div className="dock-bar">
        <Tabs.List className="dock-tabs" aria-label="Dock">
          {DOCK_TABS.map((one) => (
            <Tabs.Trigger key={one} value={one} className="dock-tab">
              {LABELS[one]}
              {one === 'problems' && <ProblemCount />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <ActiveRun />
      </div>
      {DOCK_TABS.map((one) => (
        <Tabs.Content key={one} value={one} className="dock-pane">
          {PANES[one]()}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function ProblemCount() {
  const count = useAnalysis((state) => state.analysis.problems.length);
  const worst = useAnalysis((state) => state.analysis.problems[0]?.severity);
  if (count === 0) return null;
  return <Badge tone={worst === 'error' ? 'error' : worst === 'warning' ? 'warning' : 'neutral'}>{count}</Badge>;
}

function ActiveRun() {
  const run = useRuns((state) => (state.activeId === null ? undefined : state.records[state.activeId]));
  if (run === undefined) return null;
  return (
    <div className="dock-run">
      {run.name} · seed {run.seed} · started {formatClock(run.createdAt)}
    </div>
  );
}
