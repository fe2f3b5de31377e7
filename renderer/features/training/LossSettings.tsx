import { useShallow } from 'zustand/react/shallow';
import {
  type AnyParams,
  checkParams,
  findLayer,
  type ParamDescriptor,
  whyIdle,
} from '../../../core/catalogue/index.ts';
import type { LayerNode } from '../../../core/document/index.ts';
import { headNodes } from '../../../core/graph/index.ts';
import { LOSSES, type LossName } from '../../../core/training/index.ts';
import { ParamField } from '../../actions/params/ParamField.tsx';
import { tryDispatch, useDocument } from '../../stores/documentStore.ts';
import { goToRoom } from '../../stores/uiStore.ts';
import { Button, Field, Section } from '../../ui/index.ts';
import { RunValue } from './RunValue.tsx';

/** The loss and the metrics of each Output head: parameters of that node, set here as well as in the inspector. */
export function LossSettings() {
  const heads = useDocument(useShallow((state) => headNodes(state.document)));
  return (
    <Section title="Objective">
      {heads.length === 0 ? (
        <>
          <p className="train-note">
            The design has no Output head yet, so there is nothing to compare with the target. Add an Output after the
            last layer.
          </p>
          <Button size="s" onClick={() => goToRoom('design')}>
            Go to Design
          </Button>
        </>
      ) : (
        heads.map((head) => <HeadSettings key={head.id} head={head} named={heads.length > 1} />)
      )}
    </Section>
  );
}

/** Says what arrives at the Output, not what training is to do: set in the inspector, and by the fixes of problems. */
const OF_THE_DESIGN = 'fromLogits';

/** The loss, what it can be told, and the metrics of one Output. */
function HeadSettings({ head, named }: { readonly head: LayerNode; readonly named: boolean }) {
  const output = findLayer('Output');
  if (output === undefined) return null;
  const values = checkParams(output, head.params).params;
  const loss = LOSSES[values.loss as LossName];
  const own = Object.keys(loss.params).filter((name) => name !== OF_THE_DESIGN);
  const shown = ['loss', ...own, 'metrics'].flatMap((name) => {
    const descriptor: ParamDescriptor | undefined = output.params[name];
    const folded = descriptor?.section === 'advanced' || whyIdle(output, name, values) !== null;
    return descriptor === undefined || folded ? [] : [{ name, descriptor }];
  });
  return shown.map(({ name, descriptor }) => (
    <HeadParam
      key={name}
      head={head}
      name={name}
      descriptor={named ? { ...descriptor, label: `${descriptor.label} of ${head.name}` } : descriptor}
      values={values}
      note={name === 'loss' ? loss.help : null}
    />
  ));
}

interface HeadParamProps {
  readonly head: LayerNode;
  readonly name: string;
  readonly descriptor: ParamDescriptor;
  readonly values: AnyParams;
  readonly note: string | null;
}

function HeadParam({ head, name, descriptor, values, note }: HeadParamProps) {
  return (
    <Field
      label={descriptor.label}
      help={descriptor.help}
      note={
        <>
          {note !== null && <p className="train-note">{note}</p>}
          <RunValue of={(document) => headNodes(document).find(({ id }) => id === head.id)?.params[name]} />
        </>
      }
    >
      <ParamField
        descriptor={descriptor}
        value={values[name] ?? null}
        onChange={(value) =>
          tryDispatch({ command: 'setParam', args: { nodeId: head.id, param: name, value } })?.message
        }
      />
    </Field>
  );
}
