import type { RunRecord } from '../../../core/runs/index.ts';
import { statusLabel, statusTone } from '../../stores/runProgress.ts';
import type { useRuns } from '../../stores/runsStore.ts';
import { fullMetricTitle, metricText, sideMetrics } from '../../ui/chart/index.ts';
import { Badge, formatDuration, formatMoment } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/table/index.ts';
import type { DesignNote } from './designNotes.ts';
import { RunChangesButton } from './RunChangesButton.tsx';

/**
 * What is measured beside the loss: `valAccuracy` for classes, `valMae` for numbers; `mixed` where there are runs of both, or with
 * several heads.
 */
export type SideMetric = 'valAccuracy' | 'valMae' | 'mixed';

export function sideMetric(state: ReturnType<typeof useRuns.getState>): SideMetric {
  const names = new Set(Object.values(state.records).flatMap((run) => sideMetrics(run.metrics)));
  const [only = 'valAccuracy', ...others] = names;
  if (others.length > 0) return 'mixed';
  return only === 'valAccuracy' || only === 'valMae' ? only : 'mixed';
}

const SIDE_TITLES: { readonly [M in SideMetric]: string } = {
  valAccuracy: 'Val. acc.',
  valMae: 'Val. MAE',
  mixed: 'Val. metric',
};

function metricCell(record: RunRecord, name: string): string {
  const value = record.metrics[name];
  return value === undefined ? '–' : metricText(name, value);
}

/** One value a head, in the order of the design's heads. */
function SideCell({ record }: { readonly record: RunRecord }) {
  const names = sideMetrics(record.metrics);
  if (names.length === 0) return '–';
  const title = names.map((name) => `${fullMetricTitle(name)}: ${metricCell(record, name)}`).join('\n');
  return <span title={title}>{names.map((name) => metricCell(record, name)).join(' · ')}</span>;
}

/** Which changes they are opens on hover and on focus, and stays with a click. */
function DesignCell({ run, note }: { readonly run: RunRecord; readonly note: DesignNote }) {
  if (note.changes.length === 0) return <span title={note.text}>{note.text}</span>;
  return <RunChangesButton name={run.name} note={note} />;
}

/** Of several heads the first: only one can be sorted by. */
function sideValue({ metrics }: RunRecord): number | null {
  const [first] = sideMetrics(metrics);
  return first === undefined ? null : (metrics[first] ?? null);
}

interface FactColumn extends TableColumn<RunRecord> {
  /** Least width of the table, in pixels, at which there is room for it. */
  readonly from: number;
}

/** What is known of a run, as far as there is room: the least telling columns go first. */
export function factColumns(
  width: number,
  side: SideMetric,
  ofDesign: (run: RunRecord) => DesignNote,
): readonly TableColumn<RunRecord>[] {
  const all: readonly FactColumn[] = [
    {
      id: 'name',
      from: 0,
      title: 'Run',
      track: 'minmax(6.5rem, 2fr)',
      value: (run) => run.name,
      cell: (run) => <span title={run.name}>{run.name}</span>,
    },
    {
      id: 'status',
      from: 0,
      title: 'Status',
      track: '5.75rem',
      value: (run) => run.status,
      cell: (run) => (
        <span
          title={run.elsewhere ? `Trained by ${run.elsewhere}` : run.findings?.map(({ message }) => message).join('\n')}
        >
          <Badge tone={statusTone(run)}>{statusLabel(run)}</Badge>
        </span>
      ),
    },
    {
      id: 'design',
      from: 560,
      title: 'Design',
      track: 'minmax(5.25rem, 1fr)',
      value: (run) => ofDesign(run).text,
      cell: (run) => <DesignCell run={run} note={ofDesign(run)} />,
    },
    {
      id: 'when',
      from: 700,
      title: 'When',
      track: '6.25rem',
      value: (run) => run.createdAt,
      cell: (run) => formatMoment(run.createdAt),
    },
    {
      id: 'epochs',
      from: 500,
      title: 'Epochs',
      track: '5rem',
      align: 'end',
      value: (run) => run.epoch,
      cell: (run) => `${run.epoch} / ${run.epochs}`,
    },
    {
      id: 'valLoss',
      from: 350,
      title: 'Val. loss',
      track: '4.625rem',
      align: 'end',
      value: (run) => run.metrics.valLoss ?? null,
      cell: (run) => metricCell(run, 'valLoss'),
    },
    {
      id: 'valMetric',
      from: 420,
      title: SIDE_TITLES[side],
      track: side === 'mixed' ? 'minmax(5.5rem, 1fr)' : '4.875rem',
      align: 'end',
      value: sideValue,
      cell: (run) => <SideCell record={run} />,
    },
    {
      id: 'best',
      from: 620,
      title: 'Best',
      track: '6.75rem',
      align: 'end',
      value: (run) => run.best?.value ?? null,
      cell: (run) =>
        run.best === null ? (
          '–'
        ) : (
          <>
            {metricText(run.best.metric, run.best.value)} <span className="faint">ep. {run.best.epoch}</span>
          </>
        ),
    },
    {
      id: 'time',
      from: 770,
      title: 'Time',
      track: '3.875rem',
      align: 'end',
      value: (run) => run.elapsed,
      cell: (run) => formatDuration(run.elapsed),
    },
    {
      id: 'device',
      from: 920,
      title: 'Device',
      track: 'minmax(8.5rem, 1fr)',
      value: (run) => run.device ?? '',
      cell: (run) => <span title={run.device ?? ''}>{run.device ?? '–'}</span>,
    },
  ];
  return all.filter((column) => width >= column.from);
}
