import { Ellipsis, FolderOpen, Pencil, Play, Trash2 } from 'lucide-react';
import { Checkbox } from 'radix-ui';
import { useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { hasMoreToTrain, isActive, type RunRecord } from '../../../core/runs/index.ts';
import { chartedRuns, runColor } from '../../stores/runMetricSource.ts';
import { liveRun, resumeTraining, showRun, toggleOverlay, useRuns } from '../../stores/runsStore.ts';
import { IconButton, Menu, useWidth } from '../../ui/index.ts';
import { DataTable, type TableColumn } from '../../ui/table/index.ts';
import { useDesignNotes } from './designNotes.ts';
import { factColumns, sideMetric } from './factColumns.tsx';
import { RenameRunDialog } from './RenameRunDialog.tsx';
import { askToDelete, openDesign } from './runCommands.ts';

/** One row a run, newest first; a click shows its curves, the box draws it over the others. */
export function RunsTable() {
  const rows = useRuns(useShallow((state) => state.order.flatMap((id) => state.records[id] ?? [])));
  const activeId = useRuns((state) => state.activeId);
  const charted = useRuns(useShallow(chartedRuns));
  const live = useRuns((state) => liveRun(state)?.id ?? null);
  const [renaming, setRenaming] = useState<RunRecord | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const metric = useRuns(sideMetric);
  const ofDesign = useDesignNotes();
  const columns = useMemo<TableColumn<RunRecord>[]>(
    () => [
      {
        id: 'drawn',
        title: 'Drawn',
        quiet: true,
        track: '2.5rem',
        control: true,
        sortable: false,
        value: () => null,
        cell: (run) => <DrawBox run={run} active={run.id === activeId} color={runColor(charted, run.id)} />,
      },
      ...factColumns(width ?? Number.POSITIVE_INFINITY, metric, ofDesign),
      {
        id: 'more',
        title: 'More',
        quiet: true,
        track: '2.625rem',
        control: true,
        sortable: false,
        value: () => null,
        cell: (run) => <RunMenu run={run} busy={live !== null} onRename={() => setRenaming(run)} />,
      },
    ],
    [activeId, charted, live, width, metric, ofDesign],
  );
  return (
    <div ref={box} className="runs-table">
      <DataTable
        label="Runs"
        columns={columns}
        rows={rows}
        rowHeight={32}
        onRow={(run) => void showRun(run.id)}
        selected={(run) => run.id === activeId}
      />
      {renaming !== null && <RenameRunDialog run={renaming} onClose={() => setRenaming(null)} />}
    </div>
  );
}

function DrawBox(props: { readonly run: RunRecord; readonly active: boolean; readonly color: string | null }) {
  const { run, active, color } = props;
  return (
    <Checkbox.Root
      className="draw-box"
      aria-label={active ? `${run.name} is the run shown` : `Draw ${run.name} in the charts`}
      checked={color !== null}
      disabled={active}
      style={color === null ? undefined : { background: `var(${color})`, borderColor: `var(${color})` }}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
      onCheckedChange={() => toggleOverlay(run.id)}
    />
  );
}

function RunMenu(props: { readonly run: RunRecord; readonly busy: boolean; readonly onRename: () => void }) {
  const { run, busy, onRename } = props;
  const going = isActive(run);
  const resume = hasMoreToTrain(run)
    ? [
        {
          label: 'Resume training',
          icon: <Play aria-hidden />,
          disabled: busy,
          onSelect: () => void resumeTraining(run.id),
        },
      ]
    : [];
  return (
    // The row's own click and keys must not answer for the menu's.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops events of the menu inside
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Menu
        trigger={<IconButton label={`More for ${run.name}`} icon={<Ellipsis aria-hidden />} />}
        groups={[
          [
            ...resume,
            { label: 'Open its design', icon: <FolderOpen aria-hidden />, onSelect: () => void openDesign(run) },
            { label: 'Rename', icon: <Pencil aria-hidden />, onSelect: onRename },
          ],
          [
            {
              label: 'Delete',
              icon: <Trash2 aria-hidden />,
              danger: true,
              disabled: going,
              onSelect: () => void askToDelete(run),
            },
          ],
        ]}
      />
    </span>
  );
}
