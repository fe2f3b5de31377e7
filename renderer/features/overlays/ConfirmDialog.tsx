import { useUi } from '../../stores/uiStore.ts';
import { Button, Dialog } from '../../ui/index.ts';

/** A question that has to be answered first. */
export function ConfirmDialog() {
  const question = useUi((state) => state.confirmation);
  if (question === null) return null;
  return (
    <Dialog
      open
      onClose={() => question.resolve('cancel')}
      title={question.title}
      description={question.message}
      width={440}
      footer={
        <>
          <Button variant="ghost" onClick={() => question.resolve('cancel')}>
            Cancel
          </Button>
          {question.alternative !== undefined && (
            <Button onClick={() => question.resolve('alternative')}>{question.alternative}</Button>
          )}
          <Button
            data-autofocus
            variant={question.danger ? 'danger' : 'primary'}
            onClick={() => question.resolve('confirm')}
          >
            {question.confirmLabel}
          </Button>
        </>
      }
    />
  );
}
