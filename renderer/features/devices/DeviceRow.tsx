import { Gauge } from 'lucide-react';
import type { BackendInfo } from '../../../core/engine/index.ts';
import { testDevices, useDeviceTests } from '../../stores/deviceTests.ts';
import { busyText, useDeviceUse } from '../../stores/deviceUse.ts';
import { dispatch } from '../../stores/documentStore.ts';
import { BACKEND_TITLES } from '../../stores/engineStore.ts';
import { Badge, Button, ProblemView, ProgressBar } from '../../ui/index.ts';
import { deviceState, hardwareLine, measuredLine, slower, speedNumber } from './deviceRows.ts';
import { EngineInstall } from './EngineInstall.tsx';

export interface DeviceRowProps {
  readonly info: BackendInfo;
  readonly inUse: boolean;
  /** Why it is the one in use. */
  readonly why: string | null;
  /** The fastest that has been measured. */
  readonly fastest: BackendInfo | undefined;
  readonly canTest: boolean;
  /** Whether the design on screen may be set to train with it. */
  readonly canChoose: boolean;
}

export function DeviceRow({ info, inUse, why, fastest, canTest, canChoose }: DeviceRowProps) {
  const title = BACKEND_TITLES[info.name];
  const state = deviceState(info, inUse);
  const problem = useDeviceTests((tests) => tests.problems[info.name]);
  const testing = useDeviceTests((tests) => tests.testing);
  const version = info.version === '' ? '' : `version ${info.version}`;
  const text = [info.device, version].filter((part) => part !== '' && part !== title).join(' · ');
  return (
    <li className="device" data-device={info.name} aria-label={title}>
      <div className="device-head">
        <h3>{title}</h3>
        <Badge tone={state.tone}>{state.label}</Badge>
        {inUse && <LiveUse />}
        <div className="device-buttons">
          {canChoose && info.available && (
            <Button
              size="s"
              variant="ghost"
              onClick={() => dispatch({ command: 'setTraining', args: { training: { backend: info.name } } })}
            >
              Train with this
            </Button>
          )}
          {info.available && (
            <Button
              size="s"
              icon={<Gauge aria-hidden />}
              aria-label={`Test ${title}`}
              disabled={!canTest || testing !== null}
              onClick={() => void testDevices([info.name])}
            >
              Test
            </Button>
          )}
        </div>
      </div>
      {text !== '' && <p className="device-name">{text}</p>}
      {info.hardware !== undefined && <p className="device-facts">{hardwareLine(info.hardware, info.device)}</p>}
      {info.available && <Speed info={info} fastest={fastest} />}
      {problem !== undefined && problem.code !== 'test-cancelled' && <ProblemView problem={problem} />}
      {problem?.code === 'test-cancelled' && <p className="device-facts">{problem.message}</p>}
      {why !== null && <p className="device-facts">{why}</p>}
      <p className="device-facts">
        {info.reason} {info.installs === undefined && info.howToGet}
      </p>
      {info.name === 'tensorflow' && <EngineInstall tensorflow={info} />}
    </li>
  );
}

function LiveUse() {
  const use = useDeviceUse((state) => state.use);
  return use === null ? null : <span className="device-facts">{busyText(use)}</span>;
}

/** The measured speed and its share of the fastest; as high as that while there is none, or while it is being measured. */
function Speed({ info, fastest }: { readonly info: BackendInfo; readonly fastest: BackendInfo | undefined }) {
  const testing = useDeviceTests((tests) => tests.testing === info.name);
  const waiting = useDeviceTests((tests) => tests.waiting.includes(info.name));
  const { measured } = info;
  const title = BACKEND_TITLES[info.name];
  if (testing)
    return (
      <div className="device-speed">
        <ProgressBar label={`Testing ${title}`} value={null} />
        <span className="device-figure">Training the test network</span>
        <span className="device-facts">{info.name === 'cpu' || info.software ? 'Takes up to half a minute.' : ''}</span>
      </div>
    );
  if (measured === undefined)
    return (
      <div className="device-speed">
        <ProgressBar label={`Speed of ${title}`} value={0} />
        <span className="device-figure device-unknown">{waiting ? 'Waits for its turn' : 'Not tested yet'}</span>
        <span className="device-facts" />
      </div>
    );
  const best = fastest?.measured ?? measured;
  return (
    <div className="device-speed">
      <ProgressBar
        label={`Speed of ${title}, as a share of the fastest`}
        value={measured.samplesPerSecond / best.samplesPerSecond}
      />
      <span className="device-figure">
        <strong>{speedNumber(measured)}</strong> samples/s
      </span>
      <span className="device-facts">
        {[measuredLine(measured, info), slower(measured, best)].filter((part) => part !== '').join(' · ')}
      </span>
    </div>
  );
}
