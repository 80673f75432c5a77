export {
  type ConfigurationDialect,
  type ConfigurationFacts,
  type ConfiguredWrapper,
  emptyConfigurationFacts,
  type PlatformSettings,
  type SectionSettings,
} from "./formats/config/configuration-facts.js";
