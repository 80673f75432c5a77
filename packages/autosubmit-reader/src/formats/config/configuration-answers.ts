import { type ConfigMap, isConfigMap } from "./config-value.js";
import type { ConfigurationDialect } from "./configuration-facts.js";
import { containsNones, plainConfiguration } from "./plain.js";

/** The keys of an INI configuration; any others that a stored one has are not answered. */
const INI_KEYS = new Set(["conf", "exp", "jobs", "platforms", "proj"]);

/**
 * The configuration as v4 answers it, of the files or of a run (formats reference §4.7): plain values, dates null, and
 * `contains_nones`. Secrets are still in it: `maskSecrets` takes them out.
 */
export function configurationAnswer(data: ConfigMap): ConfigMap {
  return plainConfiguration(data, "null").set("contains_nones", containsNones(data));
}

/**
 * One side of v3's comparison (`cconfig`): of an INI experiment only the five keys, without the `EXPID` that every
 * section of `exp` but `experiment` repeats; and `contains_nones`. Secrets are still in it, since they are compared too.
 * differs: custom tags and dates are their texts (the reference answers 500).
 * @param data null when there is no configuration on this side
 */
export function comparableConfiguration(data: ConfigMap | null, dialect: ConfigurationDialect): ConfigMap {
  const given = data ?? new Map();
  const kept = Array.from(given).filter(([key]) => dialect === "yaml" || INI_KEYS.has(key.toLowerCase()));
  const result = plainConfiguration(new Map(kept), "text").set("contains_nones", containsNones(given));
  const experiment = result.get("exp");
  if (isConfigMap(experiment)) {
    for (const [name, section] of experiment)
      if (name !== "experiment" && isConfigMap(section)) section.delete("EXPID");
  }
  return result;
}
