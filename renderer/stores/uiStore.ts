import { create } from 'zustand';
import type { LoomDocument } from '../../core/document/index.ts';
import type { Fix, Problem } from '../../core/errors.ts';

export const ROOMS = ['data', 'design', 'train', 'evaluate', 'export'] as const;
export type Room = (typeof ROOMS)[number];
export const ROOM_LABELS: { readonly [R in Room]: string } = {
  data: 'Data',
  design: 'Design',
  train: 'Train',
  evaluate: 'Evaluate',
  export: 'Export',
};

export const DOCK_TABS = ['problems', 'training', 'runs', 'code', 'history'] as const;
export type DockTab = (typeof DOCK_TABS)[number];

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'warning' | 'error';
  readonly title: string;
  readonly message: string;
  /** Buttons that apply a fix to the document. */
  readonly fixes: readonly Fix[];
  /** One more button that is not an edit. */
  readonly action: { readonly label: string; readonly perform: () => void } | null;
}

export type NewToast = Pick<Toast, 'title'> & Partial<Omit<Toast, 'id'>>;

/** The layer menu: at the cursor (Tab, double click) or where a wire was dropped. */
export interface QuickAdd {
  /** Screen position of the menu. */
  readonly screen: { readonly x: number; readonly y: number };
  /** Where the new layer goes on the canvas. */
  readonly position: { readonly x: number; readonly y: number };
  /** The wire being drawn, if one was. */
  readonly from: { readonly nodeId: string; readonly port: string; readonly side: 'source' | 'target' } | null;
}

/** A file dialog that is a page of the host's, in a frame that this window cannot look into. */
export interface FramedDialog {
  readonly title: string;
  readonly url: string;
  readonly cancel: () => void;
}

export interface Confirmation {
  readonly title: string;
  readonly message: string;
  readonly confirmLabel: string;
  readonly danger: boolean;
  readonly alternative?: string;
  readonly resolve: (answer: 'confirm' | 'alternative' | 'cancel') => void;
}

/** The file of the design on screen was changed by another: what becomes of both versions. */
export interface FileConflict {
  readonly path: string;
  readonly mine: LoomDocument;
  /** Null when the file cannot be read as a design: `problem` says why. */
  readonly theirs: LoomDocument | null;
  readonly problem: Problem | null;
  readonly resolve: (answer: 'keep' | 'take' | 'copy' | 'cancel') => void;
}

interface UiState {
  /** `opening`: it is not known yet what this window shows. */
  readonly screen: 'opening' | 'start' | 'editor';
  readonly room: Room;
  readonly dockTab: DockTab;
  readonly toasts: readonly Toast[];
  readonly palette: boolean;
  /** The box that finds a layer: to go to it, or to connect the selected layer with it. */
  readonly finder: 'show' | 'connect' | null;
  readonly help: boolean;
  /** The panel of all devices. */
  readonly devices: boolean;
  readonly minimap: boolean;
  readonly quickAdd: QuickAdd | null;
  readonly fileDialog: FramedDialog | null;
  readonly confirmation: Confirmation | null;
  readonly conflict: FileConflict | null;
  /** Of the canvas, for the status bar. */
  readonly zoom: number;
  readonly connected: boolean;
}

let nextToast = 1;

export const useUi = create<UiState>()(() => ({
  screen: 'opening',
  room: 'design',
  dockTab: 'problems',
  toasts: [],
  palette: false,
  finder: null,
  help: false,
  devices: false,
  minimap: true,
  quickAdd: null,
  fileDialog: null,
  confirmation: null,
  conflict: null,
  zoom: 1,
  connected: true,
}));

export function goToRoom(room: Room): void {
  useUi.setState({ room });
}

export function showDockTab(dockTab: DockTab): void {
  useUi.setState({ dockTab });
}

/** Opens the panel of all devices that can train. */
export function showDevices(): void {
  useUi.setState({ devices: true });
}

/** Shows a message in the corner. Messages of the same title replace each other. Returns its id. */
export function toast(message: NewToast): number {
  const id = nextToast++;
  const made: Toast = { tone: 'info', message: '', fixes: [], action: null, ...message, id };
  useUi.setState((state) => ({ toasts: [...state.toasts.filter((old) => old.title !== made.title), made].slice(-4) }));
  return id;
}

export function dismissToast(id: number): void {
  useUi.setState((state) => ({ toasts: state.toasts.filter((one) => one.id !== id) }));
}

/** Takes away the message of a title that no longer holds. */
export function dismissToasts(title: string): void {
  useUi.setState((state) => ({ toasts: state.toasts.filter((one) => one.title !== title) }));
}

/** A problem as a toast, with its fixes. */
export function toastProblem(problem: Problem): void {
  toast({
    tone: problem.severity === 'info' ? 'info' : problem.severity,
    title: problem.title,
    message: problem.message,
    fixes: problem.fixes ?? [],
  });
}

/** Asks a question in a dialog; resolves with the answer. */
export function confirm(question: Omit<Confirmation, 'resolve'>): Promise<'confirm' | 'alternative' | 'cancel'> {
  return new Promise((resolve) => {
    useUi.setState({
      confirmation: {
        ...question,
        resolve: (answer) => {
          useUi.setState({ confirmation: null });
          resolve(answer);
        },
      },
    });
  });
}

/** Asks what becomes of two versions of one file. */
export function askConflict(conflict: Omit<FileConflict, 'resolve'>): Promise<'keep' | 'take' | 'copy' | 'cancel'> {
  return new Promise((resolve) => {
    useUi.setState({
      conflict: {
        ...conflict,
        resolve: (answer) => {
          useUi.setState({ conflict: null });
          resolve(answer);
        },
      },
    });
  });
}
