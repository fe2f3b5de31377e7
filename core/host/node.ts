// The host itself, for the shells in electron/. Node only.
export { type Chooser, createChooser, type OpenChoice } from './chooser/createChooser.ts';
export { createHost, eventMessage, type Host, type HostOptions } from './createHost.ts';
export { openDataFolder } from './dataFolder.ts';
export { createDeviceTest, type DeviceTest } from './deviceTest.ts';
export type { HostDialogs } from './dialogs.ts';
export { fingerprintOf, openDocument, saveDocument, wholePath } from './documentFiles.ts';
export { DOCUMENT_PLACES, documentIds } from './documentIds.ts';
export { userHome } from './home.ts';
export { jsonFile } from './jsonFile.ts';
