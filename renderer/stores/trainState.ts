import { useMemo, useSyncExternalStore } from 'react';
import type { LoomDocument } from '../../core/document/index.ts';
import type { Problem } from '../../core/errors.ts';
import type { RunRecord } from '../../core/runs/index.ts';
import { shorten } from '../../core/shorten.ts';
import { plural } from '../ui/format.ts';
import { useAnalysis } from './analysisStore.ts';
import { useData } from './dataStore.ts';
import { useDocument } from './documentStore.ts';
import { fieldOwner, type RedField, redFieldsOf, useRedFields } from './redFields.ts';
import { liveRun, ownLiveRun, useRuns } from './runsStore.ts';

/** Why training cannot start now, and where to mend it. */
export interface Obstacle {
  readonly message: string;
  readonly room: 'design' | 'data' | 'train' | null;
  /** The field that shows something else than would be trained. */
  readonly field?: RedField;
}

export interface TrainState {
  /** What the main button does now. */
  readonly primary: 'start' | 'pause' | 'resume';
  /** Null when the main button works. */
  readonly obstacle: Obstacle | null;
  readonly canStop: boolean;
  readonly live: RunRecord['status'] | null;
}

interface Inputs {
  /** A field whose text was refused, and what it belongs to. */
  readonly red: { readonly field: RedField; readonly owner: string | null } | null;
  readonly live: RunRecord['status'] | null;
  /** Name of a run of another design that goes on, if one does. */
  readonly foreign: string | null;
  readonly starting: boolean;
  readonly problems: readonly Problem[];
  readonly buildable: boolean;
  readonly dataChosen: boolean;
  readonly dataLoading: boolean;
  readonly dataProblem: Problem | null;
}

/** One answer for every button that trains: what it does, and the sentence when it cannot. */
export function trainState(inputs: Inputs): TrainState {
  const { live } = inputs;
  if (live === 'running') return { primary: 'pause', obstacle: null, canStop: true, live };
  if (live === 'paused') return { primary: 'resume', obstacle: null, canStop: true, live };
  if (live === 'starting' || inputs.starting)
    return {
      primary: 'pause',
      obstacle: { message: 'Training is starting.', room: null },
      canStop: live !== null,
      live,
    };
  return { primary: 'start', obstacle: obstacle(inputs), canStop: false, live: null };
}

function obstacle(inputs: Inputs): Obstacle | null {
  // First: the person who typed it believes that it counts.
  if (inputs.red !== null) return redObstacle(inputs.red, 'Training would go on');
  const errors = inputs.problems.filter((problem) => problem.severity === 'error');
  const first = errors[0];
  // Before “no data”: a source of a newer version is data that is chosen.
  const unknown = errors.find((problem) => problem.code === 'unknown-setting');
  if (unknown !== undefined) return { message: unknown.message, room: 'design' };
  if (!inputs.dataChosen) return { message: 'No data is chosen: the network has nothing to learn from.', room: 'data' };
  if (inputs.dataProblem)
    return { message: `${inputs.dataProblem.title}: ${inputs.dataProblem.message}`, room: 'data' };
  if (first !== undefined) {
    const more = errors.length > 1 ? ` The design has ${plural(errors.length, 'error')} in all.` : '';
    return { message: `${first.title}: ${first.message}${more}`, room: 'design' };
  }
  if (inputs.foreign !== null)
    return {
      message: `“${shorten(inputs.foreign, 40)}”, a run of another design, goes on, and one network trains at a time. This design can be trained when it has ended.`,
      room: null,
    };
  if (inputs.dataLoading) return { message: 'The data is being read.', room: null };
  if (!inputs.buildable) return { message: 'The design cannot be built yet.', room: 'design' };
  return null;
}

/** @param otherwise what would be done with another value than the field shows: "Training would go on" */
function redObstacle({ field, owner }: NonNullable<Inputs['red']>, otherwise: string): Obstacle {
  const name = owner === null ? `“${field.label}”` : `“${field.label}” of ${owner}`;
  const instead = field.value === '' ? 'without it' : `with ${shorten(field.value, 40)}`;
  return {
    message: `${name} cannot be “${shorten(field.text, 40)}”: ${field.message} ${otherwise} ${instead}, which is not what the field shows. Correct it, or press Escape in it to keep what was there.`,
    room: field.room,
    field,
  };
}

type State<S extends { getState(): unknown }> = ReturnType<S['getState']>;

function fromStores(
  runs: State<typeof useRuns>,
  { analysis }: State<typeof useAnalysis>,
  { document }: State<typeof useDocument>,
  data: State<typeof useData>,
  { fields }: State<typeof useRedFields>,
): TrainState {
  const refused = data.description?.problems.find((problem) => problem.severity === 'error');
  const live = liveRun(runs);
  const own = ownLiveRun(runs, document);
  return trainState({
    red: firstRed(redFieldsOf(fields, document), document),
    live: own?.status ?? null,
    foreign: own === undefined && live !== undefined ? live.name : null,
    starting: runs.starting,
    problems: analysis.problems,
    buildable: analysis.buildable,
    dataChosen: document.data.source.kind !== 'none',
    dataLoading: data.loading && data.description === null,
    dataProblem: data.problem ?? refused ?? null,
  });
}

function firstRed(fields: readonly RedField[], document: LoomDocument): Inputs['red'] {
  const [field] = fields;
  if (field === undefined) return null;
  return { field, owner: fieldOwner(field, document)?.name ?? null };
}

/**
 * Why the design on screen is not exported now: a field shows something else than would be written.
 * @param rooms those whose settings the export holds
 */
export function useExportObstacle(rooms: readonly RedField['room'][]): Obstacle | null {
  const document = useDocument((state) => state.document);
  const fields = useRedFields((state) => state.fields);
  return useMemo(() => {
    const red = firstRed(
      redFieldsOf(fields, document).filter(({ room }) => rooms.includes(room)),
      document,
    );
    return red === null ? null : redObstacle(red, 'It would be exported');
  }, [fields, document, rooms]);
}

/** The state of the buttons that train, for the document on screen; for code that runs outside React. */
export function currentTrainState(): TrainState {
  return fromStores(
    useRuns.getState(),
    useAnalysis.getState(),
    useDocument.getState(),
    useData.getState(),
    useRedFields.getState(),
  );
}

function subscribe(listener: () => void): () => void {
  const stops = [useRuns, useAnalysis, useDocument, useData, useRedFields].map((store) => store.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}

// One text for one state, so that the many changes of a run's figures render nothing.
const snapshot = () => JSON.stringify(currentTrainState());

/** The state of the buttons that train, for the document on screen. */
export function useTrainState(): TrainState {
  const text = useSyncExternalStore(subscribe, snapshot);
  return useMemo((): TrainState => JSON.parse(text), [text]);
}
