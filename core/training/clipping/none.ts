import { defineClipping } from './defineClipping.ts';

export const none = defineClipping({
  name: 'none',
  title: 'None',
  help: 'Gradients go into the step as they are.',
  doc: 'Every gradient goes into the update as the backward pass gives it.',
  source: { label: 'Keras: optimizers', url: 'https://keras.io/api/optimizers/' },
  params: {},
  clip: null,
  keras: () => ({}),
});
