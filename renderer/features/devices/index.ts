export { DevicesPanel } from './DevicesPanel.tsx';
