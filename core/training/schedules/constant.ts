import { defineSchedule } from './defineSchedule.ts';

export const constant = defineSchedule({
  name: 'constant',
  title: 'Constant',
  help: 'The same learning rate for the whole run.',
  doc: 'Every step has the learning rate that the design names.',
  source: { label: 'Keras: learning rate schedules', url: 'https://keras.io/api/optimizers/learning_rate_schedules/' },
  params: {},
  rate: (_, base) => base,
  keras: () => null,
});
