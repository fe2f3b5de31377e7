import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';

/** A wheel or touchpad that scrolls sideways, or Shift with the wheel, moves the drawing to the side; up and down go on zooming. */
export function useSidewaysScroll(box: RefObject<HTMLDivElement | null>, onWhole: (whole: boolean) => void): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const sideways = sidewaysShift(event);
      const inPane = event.target instanceof Element && event.target.closest('.react-flow') !== null;
      if (sideways === 0 || !inPane) return;
      // Before React Flow, which would zoom.
      event.preventDefault();
      event.stopPropagation();
      const { x, y, zoom } = flow.getViewport();
      onWhole(false);
      void flow.setViewport({ x: x - sideways, y, zoom });
    };
    element.addEventListener('wheel', onWheel, { capture: true, passive: false });
    return () => element.removeEventListener('wheel', onWheel, { capture: true });
  }, [flow, box, onWhole]);
}

/** Pixels to the side that a turn of the wheel means; 0 where it means up or down, or a pinch. */
export function sidewaysShift(event: {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
}): number {
  if (event.ctrlKey) return 0;
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return event.deltaX;
  return event.shiftKey && event.deltaX === 0 ? event.deltaY : 0;
}
