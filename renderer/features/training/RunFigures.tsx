import { isTraining, type RunRecord } from '../../../core/runs/index.ts';
import { busyFigure, useDeviceUse } from '../../stores/deviceUse.ts';
import { runProgress } from '../../stores/runProgress.ts';
import { isLive, useRuns } from '../../stores/runsStore.ts';
import { fullMetricTitle, metricText } from '../../ui/chart/index.ts';
import { formatCompact, formatCount, formatDuration, ProgressBar, Stat } from '../../ui/index.ts';

/** Epoch, progress, time and speed of a run, live. Subscribes by itself, so that nothing around it renders as figures change. */
export function RunFigures({ runId }: { readonly runId: string }) {
  const record = useRuns((state) => state.records[runId]);
  if (record === undefined) return null;
  const progress = runProgress(record);
  const going = isTraining(record);
  return (
    <div className="run-figures">
      <div className="run-epoch">
        <Stat label="Epoch" value={formatCount(progress.epoch)} unit={`of ${formatCount(record.epochs)}`} />
        <ProgressBar label="Training progress" value={progress.share} />
      </div>
      <Stat label="Time left" value={progress.left === null ? '–' : formatDuration(progress.left)} />
      <Stat label="Elapsed" value={formatDuration(record.elapsed)} />
      <Stat
        label="Samples/s"
        value={
          record.samplesPerSecond === null || !(going || record.samplesPerSecond > 0)
            ? '–'
            : formatCompact(Math.round(record.samplesPerSecond))
        }
      />
      {isLive(record) && (
        <div className="run-device">
          <DeviceFigure runId={runId} />
        </div>
      )}
      <div className="run-best">
        <BestFigure record={record} />
      </div>
    </div>
  );
}

/** How busy the device is; a dash while that is not known, so that nothing moves. */
function DeviceFigure({ runId }: { readonly runId: string }) {
  const use = useDeviceUse((state) => (state.runId === runId ? state.use : null));
  const device = useRuns((state) => state.records[runId]?.device ?? null);
  if (use === null) return <Stat label="Device" value="–" />;
  const { label, value, unit, more } = busyFigure(use);
  return (
    <div title={`${device ?? ''}: ${label.toLowerCase()} ${value} ${unit} ${more}`}>
      <Stat
        label={label}
        value={value}
        unit={
          <>
            {unit} <span className="run-more">{more}</span>
          </>
        }
      />
    </div>
  );
}

function BestFigure({ record }: { readonly record: RunRecord }) {
  const { best } = record;
  if (best === null) return <Stat label="Best" value="–" />;
  return (
    <Stat
      label={`Best ${fullMetricTitle(best.metric).toLowerCase()}`}
      value={metricText(best.metric, best.value)}
      unit={`epoch ${formatCount(best.epoch)}`}
    />
  );
}
