export { ConfigurationError } from "./configuration-error.js";
export { type Environment, readEnvironment, readEnvironmentLayers } from "./environment.js";
export { readSecrets, SECRET_VARIABLES, type Secrets, withoutSecrets } from "./secrets.js";
export { parseSettingsFile, readSettingsFile, type SettingsFile, settingsFilePath } from "./settings-file.js";
export { absolutePath, type SettingsSection, settingsSection } from "./settings-section.js";
