import { getBezierPath, getSmoothStepPath, Position } from '@xyflow/react';

export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface WireCourse {
  /** Passes around a chain into a merge. */
  readonly skip: boolean;
  /** For a wire to a row below: the height at which it crosses back; null for halfway. */
  readonly crossAt: number | null;
}

// How soon a skip has risen to its lane.
const RISE = 64;
const RADIUS = 28;

/**
 * The line of a wire as SVG path data, with the place for its label. A wire goes straight on as a curve; around in rounded steps where
 * the drawing continues on a row below; and a skip rises (or sinks) to the height of its merge at once and then runs level.
 */
export function wirePath(
  ends: WireEnds,
  course: WireCourse,
): { readonly path: string; readonly labelX: number; readonly labelY: number } {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const points = { ...ends, sourcePosition: Position.Right, targetPosition: Position.Left };
  if (targetX < sourceX - 8) {
    const [path, labelX, labelY] = getSmoothStepPath({
      ...points,
      borderRadius: RADIUS,
      offset: RADIUS,
      ...(course.crossAt === null ? {} : { centerY: course.crossAt }),
    });
    return { path, labelX, labelY };
  }
  if (course.skip && targetX - sourceX > 2 * RISE && Math.abs(targetY - sourceY) > 4) {
    const up = `M${sourceX},${sourceY} C${sourceX + RISE * 0.55},${sourceY} ${sourceX + RISE * 0.35},${targetY} ${sourceX + RISE},${targetY}`;
    return { path: `${up} L${targetX},${targetY}`, labelX: (sourceX + RISE + targetX) / 2, labelY: targetY };
  }
  const [path, labelX, labelY] = getBezierPath(points);
  return { path, labelX, labelY };
}
