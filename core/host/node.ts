// The host itself, for the shells in electron/. Node only.
export {
  createHost,
  eventMessage,
  type Host,
  type HostDialogs,
  type HostOptions,
  MAX_MESSAGE_LENGTH,
} from './createHost.ts';
export { openDataFolder } from './dataFolder.ts';
export { createDeviceTest, type DeviceTest } from './deviceTest.ts';
export { fingerprintOf, openDocument, saveDocument, wholePath } from './documentFiles.ts';
export { DOCUMENT_PLACES, documentIds } from './documentIds.ts';
export { userHome } from './home.ts';
export { jsonFile } from './jsonFile.ts';
