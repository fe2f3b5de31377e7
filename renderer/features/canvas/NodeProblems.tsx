import { NodeToolbar, Position } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../core/errors.ts';
import { dispatch } from '../../stores/documentStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { showDockTab } from '../../stores/uiStore.ts';
import { ProblemView } from '../../ui/index.ts';

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

export interface NodeProblemsProps {
  readonly problems: readonly Problem[];
  readonly visible: boolean;
  readonly bubble: ReturnType<typeof useProblemBubble>;
}

/** The sentence and its fixes, under the card. Stays at reading size whatever the zoom. */
export function NodeProblems({ problems, visible, bubble }: NodeProblemsProps) {
  const [first] = problems;
  const several = useSelection((state) => state.nodeIds.length > 1);
  if (first === undefined) return null;
  const shown = visible && (!several || bubble.hovered);
  return (
    <NodeToolbar isVisible={shown} position={Position.Bottom} offset={12} align="start">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps the bubble open while the pointer is on it */}
      <div className="problem-bubble" data-testid="problem-bubble" {...bubble.listeners}>
        <ProblemView problem={first} onFix={(fix) => dispatch(fix.call)} />
        {problems.length > 1 && (
          <button type="button" className="problem-more" onClick={() => showDockTab('problems')}>
            and {problems.length - 1} more
          </button>
        )}
      </div>
    </NodeToolbar>
  );
}
