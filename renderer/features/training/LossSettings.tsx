import { LOSS_OPTIONS } from '../../../core/catalogue/index.ts';
import { rootGraph } from '../../../core/graph/index.ts';
import { dispatch, useDocument } from '../../stores/documentStore.ts';
import { goToRoom } from '../../stores/uiStore.ts';
import { Button, Field, Section, Select } from '../../ui/index.ts';
import { RunValue } from './RunValue.tsx';

/** The loss of each Output head: a parameter of that node, set here as well as in the inspector. */
export function LossSettings() {
  const nodes = useDocument((state) => rootGraph(state.document).nodes);
  const heads = Object.values(nodes).filter((node) => node.type === 'Output');
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
        heads.map((head) => {
          const loss = LOSS_OPTIONS.find((option) => option.value === head.params.loss) ?? LOSS_OPTIONS[0];
          if (loss === undefined) return null;
          const name = heads.length === 1 ? 'Loss' : `Loss of ${head.name}`;
          return (
            <Field
              key={head.id}
              label={name}
              help="What training brings down."
              note={
                <>
                  <p className="train-note">{loss.help}</p>
                  <RunValue of={(document) => rootGraph(document).nodes[head.id]?.params.loss} />
                </>
              }
            >
              <Select
                label={name}
                value={loss.value}
                options={LOSS_OPTIONS}
                onChange={(value) => dispatch({ command: 'setParam', args: { nodeId: head.id, param: 'loss', value } })}
              />
            </Field>
          );
        })
      )}
    </Section>
  );
}
