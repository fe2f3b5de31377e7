/** What layout is told and what it answers: plain data, for it runs in a worker. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly source: string;
  readonly target: string;
  /** Passes around the longest path into a merge. */
  readonly skip: boolean;
}

export interface LayoutRequest {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  /** Room there is to show the drawing in, in screen pixels: the drawing is folded into its shape. */
  readonly canvas: { readonly width: number; readonly height: number };
}

export type Positions = { readonly [nodeId: string]: { readonly x: number; readonly y: number } };

export interface Box {
  readonly id: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const COLUMN_GAP = 32;
export const LANE_GAP = 40;
export const ROW_GAP = 56;

/** A box moved. */
export function shifted(box: Box, dx: number, dy: number): Box {
  return { id: box.id, left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
}

/** The smallest box around others. Reduced, not spread: thousands of arguments overflow the stack. */
export function around(boxes: readonly Box[]): Box {
  return boxes.reduce(
    (whole, box) => ({
      id: whole.id,
      left: Math.min(whole.left, box.left),
      right: Math.max(whole.right, box.right),
      top: Math.min(whole.top, box.top),
      bottom: Math.max(whole.bottom, box.bottom),
    }),
    {
      id: '',
      left: Number.POSITIVE_INFINITY,
      right: Number.NEGATIVE_INFINITY,
      top: Number.POSITIVE_INFINITY,
      bottom: Number.NEGATIVE_INFINITY,
    },
  );
}
