/** Numbers and times as the whole interface writes them. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `75,290` */
export function formatCount(n: number): string {
  return grouped.format(n);
}

/** `4.1 M`; whole below ten thousand. */
export function formatCompact(n: number): string {
  if (Math.abs(n) < 10_000) return grouped.format(n);
  const units = ['k', 'M', 'G', 'T', 'P'];
  let value = n;
  let unit = '';
  for (const next of units) {
    if (Math.abs(value) < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** `38 MB`, decimal units as file managers and GPU vendors use. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let at = 0;
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${value < 10 && at > 0 ? Number(value.toFixed(1)) : Math.round(value)} ${units[at]}`;
}

/** Seconds as `0:21`, `12:04`, `1:02:30`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** Clock time `14:02` of an ISO moment. */
export function formatClock(moment: string | Date): string {
  return new Date(moment).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** `today 14:02`, `21 Nov 14:02`, `21 Nov 2025`. */
export function formatMoment(moment: string | Date, now = new Date()): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return '';
  if (at.toDateString() === now.toDateString()) return `today ${formatClock(at)}`;
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return at.getFullYear() === now.getFullYear() ? `${day} ${formatClock(at)}` : `${day} ${at.getFullYear()}`;
}

/** Four significant digits for losses and rates: `0.0641`, `8.1e-4`, `12.34`. */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  if (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** `96.9 %` of a fraction. */
export function formatPercent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** `1 layer`, `2 layers`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

/** A sample as people name it: by its row or number, counted from 1 as in the sentences about them, or by its file. */
export function sampleName(id: number | string): string {
  return typeof id === 'number' ? String(id + 1) : id;
}
