import {
  type ConfigurationFacts,
  emptyConfigurationFacts,
  type PlatformSettings,
  type SectionSettings,
} from "autosubmit-reader";

/** A YAML configuration with these sections and platforms; everything else at its default. */
export function configuration(options: {
  chunk?: { unit: string; size: number };
  mainPlatform?: string;
  sections?: Record<string, Partial<SectionSettings>>;
  platforms?: Record<string, Partial<PlatformSettings>>;
}): ConfigurationFacts {
  const facts = emptyConfigurationFacts("yaml");
  const { sections = {}, platforms = {} } = options;
  return {
    ...facts,
    chunkUnit: options.chunk?.unit ?? "month",
    chunkSize: options.chunk?.size ?? 6,
    mainPlatform: options.mainPlatform ?? "LOCAL",
    sections: new Map(
      Object.entries(sections).map(([name, settings]) => [name, { ...facts.otherSections, ...settings }]),
    ),
    platforms: new Map(
      Object.entries(platforms).map(([name, settings]) => [name, { ...facts.otherPlatforms, ...settings }]),
    ),
  };
}
