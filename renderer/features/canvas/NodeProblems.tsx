import { NodeToolbar, Position, useStoreApi } from '@xyflow/react';
import { LogIn } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../core/errors.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { goToProblem } from '../../actions/goTo.ts';
import { pathOnScreen, useAnalysis } from '../../stores/analysisStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { showDockTab } from '../../stores/uiStore.ts';
import { Button, ProblemView, textScale } from '../../ui/index.ts';

// Long enough to cross the gap between the card and the bubble.
const LINGER_MS = 220;

/** Whether a node's bubble is up because the pointer or the focus is on the node or the bubble. */
export function useProblemBubble() {
  const [hovered, setHovered] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const listeners = useMemo(() => {
    const show = () => {
      clearTimeout(timer.current);
      setHovered(true);
    };
    const hide = () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setHovered(false), LINGER_MS);
    };
    return { onMouseEnter: show, onMouseLeave: hide, onFocus: show, onBlur: hide };
  }, []);
  return { hovered, listeners };
}

// Room a bubble takes at the usual size of text, about; enough to know where it does not fit.
const BUBBLE = { width: 280, height: 170 };

/** Below and left-aligned, or wherever else the bubble stays inside the canvas. Read when it opens; it need not follow. */
function usePlacement(nodeId: string) {
  const store = useStoreApi();
  const { transform, width, height, nodeLookup } = store.getState();
  const node = nodeLookup.get(nodeId);
  const [panX, panY, zoom] = transform;
  const scale = textScale();
  const bubble = { width: BUBBLE.width * scale, height: BUBBLE.height * scale };
  const left = (node?.internals.positionAbsolute.x ?? 0) * zoom + panX;
  const bottom = ((node?.internals.positionAbsolute.y ?? 0) + (node?.measured.height ?? 0)) * zoom + panY;
  return {
    align: left + bubble.width > width ? ('end' as const) : ('start' as const),
    position: bottom + bubble.height > height && bottom > bubble.height * 1.5 ? Position.Top : Position.Bottom,
  };
}

export interface NodeProblemsProps {
  readonly nodeId: string;
  readonly problems: readonly Problem[];
  readonly visible: boolean;
  readonly bubble: ReturnType<typeof useProblemBubble>;
}

/** The sentence and its fixes, under the card. Stays at reading size whatever the zoom. */
export function NodeProblems({ nodeId, problems, visible, bubble }: NodeProblemsProps) {
  const [first] = problems;
  const placement = usePlacement(nodeId);
  const several = useSelection((state) => state.nodeIds.length > 1);
  const path = useAnalysis((state) => pathOnScreen(nodeId, state));
  if (first === undefined) return null;
  const inside = (first.path ?? first.nodeId) !== path && first.within?.includes(path ?? '') === true;
  const shown = visible && (!several || bubble.hovered);
  return (
    <NodeToolbar isVisible={shown} offset={12} {...placement}>
      <div className="problem-bubble" data-testid="problem-bubble" {...bubble.listeners}>
        <ProblemView problem={first} onFix={applyFix} />
        {inside && (
          <Button size="s" icon={<LogIn aria-hidden />} onClick={() => goToProblem(first)}>
            Show the layer
          </Button>
        )}
        {problems.length > 1 && (
          <button type="button" className="problem-more" onClick={() => showDockTab('problems')}>
            and {problems.length - 1} more
          </button>
        )}
      </div>
    </NodeToolbar>
  );
}
